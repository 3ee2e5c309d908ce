// A QR brings the code after "#", which no server sees: it is put in the form, taken out of the address, and sent.
const form = document.querySelector("form[data-code]");
const code = decodeURIComponent(location.hash.slice(1));
if (form && /^[0-9A-Za-z-]{10,20}$/.test(code)) {
  history.replaceState(null, "", location.pathname);
  form.querySelector("input[name=code]").value = code;
  form.requestSubmit();
}
