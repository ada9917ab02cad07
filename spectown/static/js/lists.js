// List pages: tick all rows of the page, and say how many are ticked.
(() => {
  "use strict";
  const boxes = () => document.querySelectorAll('input[form="pick"][name="pk"]');

  function tell() {
    const line = document.querySelector("[data-tick-count]");
    const ticked = [...boxes()].filter((box) => box.checked).length;
    if (line) line.textContent = ticked ? `已选 ${ticked} 行` : "勾选各行后,可一次改同一栏。";
  }

  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    if (event.target.matches("[data-tick-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches('[data-tick-all], input[form="pick"]')) tell();
  });

  // 筛选 pressed while a change of the same filters is under way: that answer is the one, no second request cuts it off.
  const asked = (form) => new URLSearchParams(new FormData(form)).toString();
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches(".filter-bar")) event.target.dataset.asked = asked(event.target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".filter-bar.htmx-request") || form.dataset.asked !== asked(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
