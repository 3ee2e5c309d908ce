// Security keys: the browser's own ceremony, its answer posted by the form. Without it the form stays hidden or idle.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const read = (form) => {
  const { publicKey } = JSON.parse(document.getElementById(form.dataset.options).textContent);
  publicKey.challenge = toBytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = toBytes(publicKey.user.id);
  for (const list of [publicKey.excludeCredentials, publicKey.allowCredentials]) {
    for (const known of list ?? []) known.id = toBytes(known.id);
  }
  return publicKey;
};

const write = (credential) => {
  const answer = credential.response;
  const response = { clientDataJSON: toText(answer.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[part]) response[part] = toText(answer[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
};

for (const form of document.querySelectorAll("form[data-webauthn]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const status = form.querySelector("[data-webauthn-status]");
    status.textContent = "";
    try {
      const publicKey = read(form);
      const credential = await navigator.credentials[form.dataset.webauthn]({ publicKey });
      form.elements.credential.value = write(credential);
      form.submit();
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}
