import { clock, made, part } from "./page.js";

const MOST = 8;

/** Tells what happens under the messages: places, times, traces, breaks. */
export function tell(text, code) {
  const what = made("span", text);
  if (code !== undefined) what.append(" ", made("code", code));
  const line = document.createElement("li");
  line.append(what, made("time", clock(new Date())));
  part("events").prepend(line);
  if (part("events").children.length > MOST) part("events").lastChild.remove();
}
