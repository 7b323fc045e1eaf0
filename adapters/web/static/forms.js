// A form as a dialog: filled in at once, and open until the desk takes it.

import { el, iconButton, nonce } from "./dom.js";
import { act } from "./net.js";
import { say } from "./words.js";

function drawField(input) {
  const shared = { name: input.name, id: `input-${input.name}`, "aria-describedby": `hint-${input.name} error-${input.name}` };
  if (input.type === "choice") {
    return el("select", shared, el("option", { value: "", text: say("web.form.choose") }),
      input.options.map((option) => el("option", { value: option.value, text: option.label, selected: option.value === input.value })));
  }
  const box = { ...shared, maxlength: input.max_length, dir: "auto", value: input.value };
  const rows = Math.min(14, Math.max(4, input.value.split("\n").length + 1));
  return input.type === "text" ? el("textarea", { ...box, rows }) : el("input", { ...box, type: "text", autocomplete: "off" });
}

function drawInput(input) {
  return el("div", { class: "field", "data-input": input.name },
    el("label", { for: `input-${input.name}` }, input.label, !input.required && el("span", { text: ` · ${say("web.form.optional")}` })),
    drawField(input),
    input.hint && el("small", { id: `hint-${input.name}`, text: input.hint }),
    el("p", { class: "error", id: `error-${input.name}`, role: "alert" }));
}

function showErrors(form, errors) {
  let first = null;
  for (const field of form.querySelectorAll("[data-input]")) {
    const text = errors[field.dataset.input] ?? "";
    const box = field.querySelector("[name]");
    field.querySelector(".error").textContent = text;
    box.setAttribute("aria-invalid", text ? "true" : "false");
    if (text) first ??= box;
  }
  first?.focus();
  return first !== null;
}

/** Opens a form. `place` is where it was asked for; `onreply` hears what the desk replies once it is taken. */
export function openForm(view, place, tab, onreply) {
  const opener = document.activeElement;
  const notice = el("p", { class: "error", role: "alert" });
  const submit = el("button", { class: "button primary", text: view.submit });
  const shut = () => dialog.close();
  const form = el("form", { method: "dialog", novalidate: true },
    el("header", {}, el("h2", { id: "form-title", text: view.title }), iconButton("close", say("web.close"), shut)),
    el("div", { class: "fields" }, view.inputs.map(drawInput), notice),
    el("footer", {}, el("button", { type: "button", class: "button", text: view.cancel || say("web.cancel"), onclick: shut }), submit));
  const dialog = el("dialog", { class: "form", "aria-labelledby": "form-title", lang: view.language }, form);
  let mark = nonce(); // one for each attempt: the same attempt sent twice is one

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    const values = Object.fromEntries(view.inputs.map((input) => [input.name, form.elements[input.name].value]));
    const missing = view.inputs.filter((input) => input.required && !values[input.name].trim());
    notice.textContent = "";
    if (showErrors(form, Object.fromEntries(missing.map((input) => [input.name, say("web.form.required")])))) return;
    submit.disabled = true;
    try {
      const { reply, taken } = await act(tab.me, { kind: "submitted", ...place, form: view.form, token: view.token, values }, mark);
      if (reply?.kind === "form_errors") {
        mark = nonce();
        notice.textContent = say("web.form.mend");
        showErrors(form, reply.errors);
      } else {
        shut();
        onreply(reply, taken);
      }
    } catch (refused) {
      notice.textContent = refused.text ?? say("web.unreached");
    } finally {
      submit.disabled = false;
    }
  });
  form.addEventListener("input", (event) => { if (event.target.getAttribute("aria-invalid") === "true") event.target.setAttribute("aria-invalid", "false"); });
  dialog.addEventListener("close", () => { dialog.remove(); if (opener?.isConnected) opener.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  const boxes = [...form.querySelectorAll(".fields [name]")];
  (boxes.find((box) => !box.value) ?? boxes[0])?.focus();
}
