
"use strict";
(() => {
  const bar = document.getElementById("filter");
  if (!bar) return;
  const boxes = [...bar.querySelectorAll("[type=checkbox]")];
  const words = bar.querySelector("[type=search]");
  const seen = bar.querySelector("output");
  const rows = document.querySelectorAll(".files tbody tr");
  const files = [...document.querySelectorAll("article")].map((file, at) => ({
    file, row: rows[at],
    items: [...file.querySelectorAll(".f")].map((item) => ({ item, text: null })),
  }));
  const text = (file, one) => one.text ??= [file.querySelector("header").textContent,
    ...[...one.item.children].filter((part) => part.tagName !== "DETAILS")
      .map((part) => part.textContent)].join(" ").toLowerCase();
  const total = files.reduce((sum, { items }) => sum + items.length, 0);
  const apply = () => {
    const kinds = boxes.filter((box) => box.checked).map((box) => box.value);
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const all = kinds.length === boxes.length && !wanted.length;
    let count = 0;
    for (const { file, row, items } of files) {
      let here = 0;
      for (const one of items) {
        const fits = all || (kinds.some((kind) => one.item.classList.contains(kind))
          && wanted.every((word) => text(file, one).includes(word)));
        one.item.hidden = !fits;
        here += fits;
      }
      file.hidden = row.hidden = !all && !here;
      count += here;
    }
    seen.textContent = all ? `共 ${total} 处` : `已筛选，显示 ${count} 处，共 ${total} 处`;
  };
  bar.addEventListener("input", apply);
  bar.hidden = false;
  apply();
})();
