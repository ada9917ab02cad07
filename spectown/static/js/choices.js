// Drop-downs that are searched by name, pinyin or initials (select[data-search]), and names of rows of large lists that
// the server proposes while one types (input[data-options]). The library is fetched only by pages that have such a field;
// without scripts the fields are plain ones.
(() => {
  "use strict";
  const { library, look } = document.currentScript.dataset;
  const FEW = 8; // options that one sees at a glance
  let fetched = null;

  function fetchLibrary() {
    fetched = fetched || new Promise((resolve, reject) => {
      look.split(" ").forEach((href) => {
        document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
      });
      document.head.append(Object.assign(document.createElement("script"), { src: library, onload: resolve, onerror: reject }));
    });
    return fetched;
  }

  // A label around the field would take every click in the list for one on the field.
  function unwrap(field) {
    const label = field.closest("label");
    if (!label) return;
    const box = document.createElement("div");
    box.className = "choice-box";
    label.replaceWith(box);
    label.htmlFor = field.id;
    box.append(label, field);
  }

  const words = {
    no_results: (data, escape) => `<div class="no-results">没有“${escape(data.input)}”</div>`,
    loading: () => '<div class="no-results">正在查找…</div>',
    not_loading: () => "",
  };

  // Several names: each with a cross, for those who have no key to delete with.
  const taken = (data, escape) => `<div>${escape(data.text)}<span class="take-out" title="去掉" aria-hidden="true">×</span></div>`;

  function named(select) {
    return {
      onItemAdd() { if (select.multiple) { this.setTextboxValue(""); this.refreshOptions(); } }, // ready for the next name
      searchField: ["text", "keys"],
      searchConjunction: "and",
      allowEmptyOption: true,
      maxOptions: null,
      refreshThrottle: 0, // Enter right after typing takes what was typed for
      render: select.multiple ? { ...words, item: taken } : words,
    };
  }

  function proposed(input) {
    return {
      maxItems: 1,
      valueField: "value",
      labelField: "value",
      searchField: ["value"],
      delimiter: "\u0001",
      create: true,
      createOnBlur: true,
      persist: false,
      preload: "focus",
      shouldLoad: () => true,
      score: () => () => 1, // the server has searched, by initials too
      placeholder: "输入名称、代码或拼音首字母",
      hidePlaceholder: true,
      load(query, done) {
        fetch(`${input.dataset.options}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : { options: [] }))
          .then(({ options }) => { this.clearOptions(); done(options); })
          .catch(() => done());
      },
      render: {
        ...words,
        option_create: (data, escape) => `<div class="create">用所写的“${escape(data.input)}”</div>`,
      },
    };
  }

  function enhance(field) {
    if (field.tomselect || field.disabled || !field.isConnected) return;
    unwrap(field);
    const made = new window.TomSelect(field, field.dataset.options ? proposed(field) : named(field));
    field.setAttribute("aria-hidden", "true"); // only sent with the form; the label now belongs to what stands in its place
    made.control.addEventListener("mousedown", (event) => {
      const item = event.target.classList.contains("take-out") && event.target.closest(".item");
      if (!item) return;
      event.preventDefault();
      event.stopPropagation();
      made.removeItem(item.dataset.value);
    }, true);
    made.wrapper.addEventListener("change", (event) => event.stopPropagation()); // typing is not choosing
  }

  function findFields(root) {
    const fields = [...root.querySelectorAll("select[data-search], input[data-options]")];
    const wanted = fields.filter((field) => !field.disabled && (field.dataset.options || field.options.length > FEW));
    if (wanted.length) fetchLibrary().then(() => wanted.forEach(enhance));
  }

  document.addEventListener("DOMContentLoaded", () => findFields(document));
  document.addEventListener("htmx:load", (event) => findFields(event.detail.elt));
})();
