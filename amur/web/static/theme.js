// Runs before the first paint, so that a page chosen dark never flashes light.
try {
  const chosen = localStorage.getItem("amur-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* no storage, no memory of the choice */ }
