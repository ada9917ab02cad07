// Weights of one node: the sum, and what is left to 100, while one types.
(() => {
  "use strict";
  const form = document.querySelector("[data-weights]");
  if (!form) return;
  const line = form.querySelector("[data-sum]");
  const inputs = () => [...form.querySelectorAll('input[name^="w-"]')];

  function tell() {
    const total = inputs().reduce((sum, input) => sum + (Number(input.value) || 0), 0);
    const rest = Math.round((100 - total) * 100) / 100;
    const shown = Math.round(total * 100) / 100;
    line.textContent = rest === 0 ? "合计 100。" : `合计 ${shown},${rest > 0 ? `还差 ${rest}` : `多出 ${-rest}`}。`;
    line.classList.toggle("sum-off", rest !== 0);
  }

  form.addEventListener("input", tell);
  tell();
})();
