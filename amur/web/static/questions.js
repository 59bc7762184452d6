// What goes without saying is left out of the address that a form asks.
for (const form of document.querySelectorAll("form.controls[data-usual]")) {
  const usual = Object.entries(JSON.parse(form.dataset.usual));
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of usual) {
      const said = formData.getAll(name), wanted = [value].flat();
      const same = (each) => wanted.some((one) => each === String(one) || (each !== "" && typeof one === "number" && Number(each) === one));
      if (said.length === wanted.length && said.every(same)) formData.delete(name);
    }
  });
}
