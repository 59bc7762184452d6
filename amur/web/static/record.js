// The record: names are offered while one is written, and Ctrl+Enter asks in SQL.

for (const input of document.querySelectorAll("input[data-names][list]")) {
  let turn = 0, timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return;
    timer = setTimeout(async () => {
      const mine = ++turn;
      const asked = new URL(input.dataset.names, document.baseURI);
      asked.searchParams.set("q", input.value.trim());
      const answer = await fetch(asked, { headers: { accept: "application/json" } }).catch(() => null);
      const told = answer?.ok ? await answer.json() : [];
      if (mine !== turn) return;
      input.list.replaceChildren(...told.map(({ name, title, unit }) => {
        const option = document.createElement("option");
        option.value = name;
        option.label = `${title} (${unit})`;
        return option;
      }));
    }, 180);
  });
}

for (const box of document.querySelectorAll("form.sql textarea")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}

document.querySelector("#fault, #answer")?.scrollIntoView({ block: "nearest" });
