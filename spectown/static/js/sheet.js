// A sheet: what is typed is kept at once, or on this machine while there is no network; a column from Excel is pasted.
// A draft keeps the revision that its writer saw: what somebody else saved meanwhile is shown beside it, never written over.
(() => {
  "use strict";
  const form = document.querySelector("#sheet-form");
  const place = form || document.querySelector("#sheet-left");
  if (!place) return;
  const store = `sheet-${place.dataset.person}-${place.dataset.sheet}`;
  const draft = () => JSON.parse(localStorage.getItem(store) || "{}");
  const waits = () => Object.keys(draft()).length;

  function hold(code, value) {
    const kept = draft();
    if (value === null) delete kept[code]; else kept[code] = value;
    if (Object.keys(kept).length) localStorage.setItem(store, JSON.stringify(kept)); else localStorage.removeItem(store);
  }

  // The sheet cannot be changed any more: what was never saved is shown, not lost.
  if (!form) {
    const told = Object.values(draft()).map((held) => `${held.name} ${held.value || "(空)"}`);
    place.hidden = !told.length;
    place.querySelector("[data-left]").textContent = `${told.join("、")}。`;
    place.querySelector("[data-clear]").addEventListener("click", () => { localStorage.removeItem(store); place.hidden = true; });
    return;
  }

  const line = document.querySelector("[data-saved]");
  const inputs = () => [...form.querySelectorAll('input[name^="v-"]')];
  const part = (letter, code) => form.elements[`${letter}-${code}`];
  const say = (text, off) => { line.textContent = text; line.classList.toggle("is-off", Boolean(off)); };
  const sayLeft = () => say(waits() ? `${waits()} 格还没有保存` : "已保存", waits());
  const sayAway = () => say(`网络不通,${waits()} 格存在本机,连上后自动保存`, true);
  const faulty = () => form.querySelector(".row-faulty");

  function show(code, now) {
    part("v", code).value = now.shown;
    part("c", code).value = now.comment;
    part("r", code).value = now.revision;
  }

  function mark(code, fault, now) {
    const input = part("v", code), cell = input.closest("td"), told = cell.querySelector("[data-fault]");
    told.textContent = fault;
    input.classList.toggle("is-invalid", Boolean(fault));
    if (fault) input.setAttribute("aria-describedby", told.id); else input.removeAttribute("aria-describedby");
    input.closest("tr").classList.toggle("row-faulty", Boolean(fault));
    const choice = cell.querySelector("[data-choice]"), [take, own] = choice.querySelectorAll("button");
    choice.hidden = !now;
    if (!now) return;
    take.textContent = `用现在的 ${now.shown || "(空)"}`;
    own.textContent = `仍用我填的 ${input.value || "(空)"}`;
    take.onclick = () => { show(code, now); hold(code, null); mark(code, ""); sayLeft(); };
    own.onclick = () => { part("r", code).value = now.revision; mark(code, ""); later(code); };
  }

  async function keep(code) {
    if (!draft()[code]) return;
    const input = part("v", code), typed = input.value, beside = part("c", code).value;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("code", code);
    body.append("value", typed);
    body.append("comment", beside);
    body.append("revision", part("r", code).value);
    let answer;
    try {
      const response = await fetch(form.dataset.cell, { method: "POST", body, credentials: "same-origin" });
      answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
    } catch {
      sayAway();
      return;
    }
    if (answer === null) { say("没有保存:请刷新后重新登录,填过的存在本机", true); return; }
    mark(code, answer.fault || "", answer.now);
    if (answer.fault) { say("有格不能保存,见红字", true); return; }
    part("r", code).value = answer.revision;
    if (input.value !== typed || part("c", code).value !== beside) return; // typed on meanwhile: that is under way
    input.value = answer.shown;
    hold(code, null);
    if (faulty()) say("有格不能保存,见红字", true); else sayLeft();
  }

  let queue = Promise.resolve();
  function later(code) {
    const input = part("v", code);
    hold(code, { value: input.value, comment: part("c", code).value, revision: part("r", code).value, name: input.dataset.name });
    queue = queue.then(() => keep(code));
  }

  form.addEventListener("change", (event) => {
    const name = event.target.name || "";
    if (/^[vc]-/.test(name)) later(name.slice(2));
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.name?.startsWith("v-")) return;
    event.preventDefault();
    const all = inputs();
    all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)]?.focus();
  });

  form.addEventListener("paste", (event) => {
    if (!event.target.name?.startsWith("v-")) return;
    const rows = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n");
    if (rows.length < 2) return;
    event.preventDefault();
    const all = inputs(), first = all.indexOf(event.target);
    rows.slice(0, all.length - first).forEach((row, step) => {
      const input = all[first + step];
      input.value = row.split("\t")[0].trim();
      later(input.name.slice(2));
    });
  });

  // Without a network nothing is handed in: the page would be gone.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    sayAway();
  });

  const waiting = Object.entries(draft()).filter(([code]) => part("v", code));
  waiting.forEach(([code, held]) => {
    show(code, { shown: held.value, comment: held.comment, revision: held.revision });
    later(code);
  });
  if (waiting.length) say(`带出上次存在本机的 ${waiting.length} 格`);
  addEventListener("online", () => Object.keys(draft()).filter((code) => part("v", code)).forEach(later));
  addEventListener("offline", () => { if (waits()) sayAway(); else say("网络不通,填的先存在本机", true); });
})();
