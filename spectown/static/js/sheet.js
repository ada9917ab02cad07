// A sheet: what is typed is kept at once, or on this machine while there is no network; a column from Excel is pasted.
(() => {
  "use strict";
  const form = document.querySelector("#sheet-form");
  if (!form) return;
  const store = `sheet-${form.dataset.sheet}`;
  const line = document.querySelector("[data-saved]");
  const inputs = () => [...form.querySelectorAll('input[name^="v-"]')];
  const part = (letter, code) => form.elements[`${letter}-${code}`];
  const draft = () => JSON.parse(localStorage.getItem(store) || "{}");
  const say = (text, off) => { line.textContent = text; line.classList.toggle("is-off", Boolean(off)); };

  function hold(code, value) {
    const kept = draft();
    if (value === null) delete kept[code]; else kept[code] = value;
    if (Object.keys(kept).length) localStorage.setItem(store, JSON.stringify(kept)); else localStorage.removeItem(store);
  }

  function mark(code, fault) {
    const input = part("v", code), told = input.closest("td").querySelector("[data-fault]");
    told.textContent = fault;
    input.classList.toggle("is-invalid", Boolean(fault));
    input.closest("tr").classList.toggle("row-faulty", Boolean(fault));
  }

  async function keep(code) {
    const input = part("v", code), typed = input.value;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("code", code);
    body.append("value", typed);
    body.append("comment", part("c", code).value);
    body.append("revision", part("r", code).value);
    let answer;
    try {
      const response = await fetch(form.dataset.cell, { method: "POST", body, credentials: "same-origin" });
      answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
    } catch {
      say(`网络不通,${Object.keys(draft()).length} 格存在本机,连上后再保存`, true);
      return;
    }
    if (answer === null) { say("没有保存:请刷新后重新登录,填过的存在本机", true); return; }
    mark(code, answer.fault || "");
    if (answer.fault) { say("有格不能保存,见红字", true); return; }
    if (input.value === typed) input.value = answer.kind === "missing" ? "" : answer.shown;
    part("r", code).value = answer.revision;
    hold(code, null);
    say(Object.keys(draft()).length ? "部分已保存" : "已保存");
  }

  let queue = Promise.resolve();
  function later(code) {
    hold(code, { value: part("v", code).value, comment: part("c", code).value });
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

  const waiting = Object.entries(draft()).filter(([code]) => part("v", code));
  waiting.forEach(([code, held]) => {
    part("v", code).value = held.value;
    part("c", code).value = held.comment;
    later(code);
  });
  if (waiting.length) say(`带出上次存在本机的 ${waiting.length} 格`);
  addEventListener("online", () => Object.keys(draft()).forEach(later));
})();
