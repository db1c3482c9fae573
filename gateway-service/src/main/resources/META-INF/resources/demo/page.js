/** What all parts of the page make their elements with. What others write is text, never markup. */

export const part = (id) => document.getElementById(id);

export function made(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

export function avatar(name) {
  const element = made("span", initials(name), "avatar");
  element.setAttribute("aria-hidden", "true");
  // By script, which the page's policy allows where it forbids style attributes.
  element.style.setProperty("--hue", hue(name));
  return element;
}

export function clock(time) {
  return new Date(time).toLocaleTimeString();
}

function initials(name) {
  return [...name.trim()].slice(0, 2).join("").toUpperCase() || "?";
}

/** The same person has the same colour on every page. */
function hue(name) {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
}
