// What this tab keeps of a form while the server hasn't answered for it, and whether it can be reached.
export const network = { lost: false };
export const slotOf = (key) => `terrain.${key}`;
export const onKiosk = () => document.documentElement.dataset.mode === "kiosk";

export const forget = (slot) => { try { sessionStorage.removeItem(slot); } catch { /* refused */ } };

export const keep = (slot, form, sentFrom) => {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  try { sessionStorage.setItem(slot, JSON.stringify({ fields, sentFrom })); return true; } catch { return false; }
};

export const kept = (slot) => {
  try { return JSON.parse(sessionStorage.getItem(slot)); } catch { forget(slot); return null; }
};

export const fill = (form, { fields, sentFrom }) => {
  for (const name of new Set(fields.map(([one]) => one))) {
    const values = fields.filter(([one]) => one === name).map(([, value]) => value);
    const controls = [...form.elements].filter((control) => control.name === name && control.type !== "submit");
    const boxes = controls.filter(({ type }) => type === "radio" || type === "checkbox");
    if (boxes.length) {
      if (!boxes.some(({ checked }) => checked)) for (const box of boxes) box.checked = values.includes(box.value);
    } else controls.forEach((control, place) => {
      if (control.type === "hidden" ? sentFrom : !control.value) control.value = values[place] ?? control.value;
    });
  }
};

export const forgetAnswered = () => {
  const [how] = performance.getEntriesByType("navigation");
  if (!document.referrer || how?.type === "back_forward") return;
  try {
    for (const slot of Object.keys(sessionStorage)) {
      if (slot.startsWith("terrain.") && kept(slot)?.sentFrom === document.referrer) forget(slot);
    }
  } catch { /* refused */ }
};
