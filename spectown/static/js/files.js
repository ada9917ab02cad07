// A file button in the page's own language, whatever the browser's: the native input stays, hidden beside it.
(() => {
  "use strict";
  const told = (input) => [...input.files].map((file) => file.name).join("、") || "未选择文件";

  function dress(input) {
    if (input.dataset.dressed) return;
    input.dataset.dressed = "yes";
    const shown = document.createElement("span");
    const button = document.createElement("span");
    const names = document.createElement("span");
    shown.className = "file-pick form-control";
    button.className = "btn btn-sm";
    button.textContent = "选择文件";
    names.className = "file-names hint";
    names.textContent = told(input);
    shown.setAttribute("aria-hidden", "true");
    shown.append(button, names);
    input.classList.add("file-native");
    input.after(shown);
    shown.addEventListener("click", (event) => {
      event.preventDefault();
      input.click();
    });
    input.addEventListener("change", () => { names.textContent = told(input); });
  }

  const dressAll = (root) => root.querySelectorAll('input[type="file"]').forEach(dress);
  dressAll(document);
  document.addEventListener("htmx:load", (event) => dressAll(event.target));
})();
