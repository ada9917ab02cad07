// axe's contrast of a page, without what it has passed before: text of the same colour and size on the same chain of
// backgrounds. Working that out anew for every line of every page took three quarters of axe's time.
async () => {
  const proven = new Set(JSON.parse(sessionStorage.getItem("proven contrast") || "[]"));
  const PLAIN = ["rgba(0, 0, 0, 0)", "none", "1"];
  const told = (element, names) => names.map((name) => getComputedStyle(element)[name]);
  const key = (element) => {
    const parts = [told(element, ["color", "fontSize", "fontWeight", "textShadow"]).join()];
    for (let at = element; at; at = at.parentElement) {
      const behind = told(at, ["backgroundColor", "backgroundImage", "opacity", "filter"]);
      parts.push(behind.filter((value) => !PLAIN.includes(value)).join());
    }
    return parts.filter(Boolean).join(";");
  };
  const hasText = (element) =>
    element.matches("input, select, textarea") || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const open = [...document.body.querySelectorAll("*")].filter(
    (element) => hasText(element) && element.checkVisibility() && !proven.has(key(element)),
  );
  if (!open.length) return [];
  const found = await axe.run(
    { include: open },
    { runOnly: ["color-contrast"], elementRef: true, resultTypes: ["violations", "passes"] },
  );
  found.passes.forEach((rule) => rule.nodes.forEach((node) => proven.add(key(node.element))));
  sessionStorage.setItem("proven contrast", JSON.stringify([...proven]));
  return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
}
