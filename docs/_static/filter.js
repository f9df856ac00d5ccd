// A field above long tables: only rows with the text that is typed are shown, or, where none has it, those with all of its words;
// sections without rows are hidden.
// `?filter=HI01` in the address fills it. Without scripts the tables are whole.
document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll(".table-filter")) {
    const section = place.closest("section");
    const rows = [...section.querySelectorAll("tbody tr")].map((row) => [row, row.innerText.toLowerCase()]);
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("output");
    input.type = "search";
    input.placeholder = place.dataset.example;
    input.value = new URLSearchParams(location.search).get("filter") || "";
    label.append(place.dataset.label, input);
    place.append(label, count);

    const filter = () => {
      const phrase = input.value.toLowerCase().trim();
      const together = rows.some(([, text]) => text.includes(phrase));
      const words = together ? [phrase] : phrase.split(/\s+/);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      for (const part of section.querySelectorAll("section")) {
        part.hidden = part.querySelector("tbody tr") !== null && part.querySelector("tbody tr:not([hidden])") === null;
      }
      count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
    };
    input.addEventListener("input", filter);
    filter();
  }
});
