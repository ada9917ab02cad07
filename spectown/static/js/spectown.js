// The little the pages need beyond htmx. Everything works without it, only less comfortably.
(() => {
  "use strict";
  const near = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    });
  }

  function closeClause(chip) {
    const box = chip.parentElement.querySelector(".clause-box");
    const open = box.childNodes.length > 0;
    box.replaceChildren();
    chip.setAttribute("aria-expanded", "false");
    return open;
  }

  function toast(text, level) {
    const line = document.createElement("div");
    line.className = `toast-line toast-${level}`;
    const words = document.createElement("span");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast-close";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", "关闭提示");
    close.textContent = "×";
    line.append(words, close);
    document.getElementById("toasts").append(line);
    fade(line);
  }

  function fade(line) {
    if (line.matches(".toast-success, .toast-info")) setTimeout(() => line.remove(), 6000);
  }

  // Behind the name of a group of check boxes: all of them, or none.
  function tickAll(name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "全选";
    button.setAttribute("aria-label", `全选或全不选${name.textContent.trim()}`);
    button.addEventListener("click", () => {
      const boxes = [...name.parentElement.querySelectorAll("input")];
      const all = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !all; });
    });
    name.append(button);
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    const dismiss = near(event, "[data-dismiss]");
    if (dismiss) dismiss.closest(".toast-line").remove();
    const opener = near(event, "[data-dialog]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.dialog).showModal();
    }
    const closer = near(event, "[data-dialog-close]");
    if (closer && closer.closest("dialog").open) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
    const fold = near(event, "[data-clause-close]");
    if (fold) {
      const chip = fold.closest(".clause").querySelector(".clause-chip");
      closeClause(chip);
      chip.focus();
    }
    const printer = near(event, "[data-print]");
    if (printer) window.print();
    const row = near(event, "tr[data-href]");
    if (row && !near(event, "a, button, input, select, label, summary")) window.location = row.dataset.href;
  });

  // A panel that would leave the window on the left opens to the right instead.
  document.addEventListener("toggle", (event) => {
    const panel = event.target.matches("details.menu[open]") && event.target.querySelector(".menu-panel");
    if (panel) panel.classList.toggle("flip", panel.getBoundingClientRect().left < 0);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeMenus(null);
    document.querySelectorAll(".clause-chip[aria-expanded=true]").forEach(closeClause);
    if (window.location.hash === "#nav") window.location.hash = "";
  });

  // A second press on a clause chip folds its sentence instead of asking again.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const chip = event.detail.elt;
    if (chip.matches("[data-clause]") && closeClause(chip)) event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const chip = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!chip || !chip.matches("[data-clause]")) return;
    chip.setAttribute("aria-expanded", "true");
    const box = event.detail.target;
    box.classList.toggle("flip", box.getBoundingClientRect().right > document.documentElement.clientWidth);
  });

  document.addEventListener("htmx:responseError", (event) => {
    const words = { 403: "没有权限进行这一操作。", 404: "内容不存在或不属于您的单位。", 429: "操作过于频繁,请稍后再试。" };
    toast(words[event.detail.xhr.status] || "操作没有完成,请刷新页面后重试。", "error");
  });
  document.addEventListener("htmx:sendError", () => toast("连不上服务器,请检查网络后重试。", "error"));

  // A plain form is sent once; the button shows that it is being done.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.classList.add("is-busy");
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".toast-line").forEach(fade);
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
    // On a phone the parts of a long form begin folded, but for the one that the address or the server names.
    if (window.matchMedia("(max-width: 575px)").matches) {
      document.querySelectorAll("details.fold:not([data-keep])").forEach((part) => {
        part.open = part.id !== "" && `#${part.id}` === window.location.hash;
      });
    }
    document.querySelectorAll(".choice-groups > div > label").forEach(tickAll);
  });
})();
