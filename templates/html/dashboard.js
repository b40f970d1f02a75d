
"use strict";
(() => {
  const number = /^([+-]?)(\d+)(?:\.(\d+))?$/;
  const button = (text) => Object.assign(document.createElement("button"),
    { type: "button", textContent: text });

  // Numbers are compared as whole numbers of their smallest digit, never as floats.
  const scaled = (texts) => {
    const parts = texts.map((text) => number.exec(text));
    const digits = Math.max(0, ...parts.map((part) => part?.[3]?.length ?? 0));
    return parts.map((part) => part
      && BigInt((part[1] === "-" ? "-" : "") + part[2] + (part[3] ?? "").padEnd(digits, "0")));
  };
  const words = new Intl.Collator("zh-CN", { numeric: true });
  const compare = (a, b) => typeof a === "string" ? words.compare(a, b) : a < b ? -1 : +(a > b);

  const table = document.getElementById("overview");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const said = table.querySelector("output");
    const keys = (at) => {
      const texts = rows.map(({ cells }) => cells[at].dataset.v ?? cells[at].textContent);
      return heads[at].classList.contains("n") ? scaled(texts) : texts;
    };
    const sort = (at, falling) => {
      const key = keys(at);
      const order = rows.map((_, row) => row).sort((a, b) =>
        (key[a] === null) - (key[b] === null)
          || (key[a] === null ? 0 : (falling ? -1 : 1) * compare(key[a], key[b])) || a - b);
      body.append(...order.map((row) => rows[row]));
      for (const head of heads) head.removeAttribute("aria-sort");
      heads[at].setAttribute("aria-sort", falling ? "descending" : "ascending");
      const [up, down] = heads[at].classList.contains("n") ? ["从小到大", "从大到小"] : ["顺序", "倒序"];
      said.textContent = `按${heads[at].textContent}${falling ? down : up}排列`;
    };
    heads.forEach((head, at) => {
      const press = button(head.textContent);
      head.dataset.name = head.textContent;
      head.replaceChildren(press);
      press.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        sort(at, now ? now === "ascending" : at > 1);
      });
    });

    const filters = document.querySelector(".filters");
    const search = filters.querySelector("input");
    const choices = [...filters.querySelectorAll("button")];
    const filter = () => {
      const show = choices.find((one) => one.getAttribute("aria-pressed") === "true").dataset.show;
      const wanted = search.value.trim();
      let count = 0;
      for (const row of rows) {
        const is = row.dataset.is.split(" ");
        row.hidden = Boolean(show && !is.includes(show))
          || !row.cells[1].textContent.includes(wanted);
        count += row.hidden ? 0 : 1;
      }
      said.textContent = `显示 ${count} 个`;
    };
    filters.hidden = false;
    search.addEventListener("input", filter);
    for (const press of choices) {
      press.addEventListener("click", () => {
        for (const one of choices) one.setAttribute("aria-pressed", String(one === press));
        filter();
      });
    }
  }

  const explain = (press, text) => {
    const row = press.closest("tr");
    const open = press.getAttribute("aria-expanded") === "true";
    press.setAttribute("aria-expanded", String(!open));
    if (open) return row.nextElementSibling.remove();
    const shown = document.createElement("tr");
    shown.className = "derived";
    const cell = shown.insertCell();
    cell.colSpan = row.cells.length;
    cell.append(Object.assign(document.createElement("div"), { textContent: text }));
    row.after(shown);
  };
  const texts = document.querySelectorAll(".how li span");
  document.querySelectorAll(".got").forEach((cell, at) => {
    const press = button(cell.textContent);
    press.setAttribute("aria-expanded", "false");
    press.title = "计分过程";
    press.addEventListener("click", () => explain(press, texts[at].textContent));
    cell.replaceChildren(press);
  });
})();
