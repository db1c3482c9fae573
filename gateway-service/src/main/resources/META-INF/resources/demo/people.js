import { tell } from "./events.js";
import { avatar, made, part } from "./page.js";

/** Who is here: this page among them, under its own entry, so that two tabs of one person are two. */
export class People {
  #presence;
  #me;
  #watch;

  constructor(presence, me) {
    this.#presence = presence;
    this.#me = me;
    this.#watch = presence.watch({
      onMembers: () => this.#show(),
      onEnter: (member) => this.#changed(`${nameOf(member)} came`),
      onUpdate: () => this.#show(),
      onLeave: (member) => this.#changed(`${nameOf(member)} left`),
      onCounts: ({ count }) => this.#counted(count),
      onError: ({ code, message }) => tell(`presence: ${code}: ${message}`),
    });
  }

  async enter() {
    try {
      await this.#presence.enter({ entry: ENTRY, state: { name: this.#me() } });
    } catch ({ code, message }) {
      if (code !== "disconnected") tell(`presence: ${code}: ${message}`);
    }
  }

  #changed(text) {
    tell(text);
    this.#show();
  }

  #show() {
    const members = this.#watch.members;
    part("members").replaceChildren(...members.map(item));
    this.#counted(members.length);
  }

  #counted(count) {
    part("count").textContent = `· ${count}`;
  }
}

/** It stays the same over reloads of the tab. */
const ENTRY = (sessionStorage.entry ??= `page-${crypto.randomUUID().slice(0, 8)}`);

function item(member) {
  const name = nameOf(member);
  const text = made("span", name);
  text.append(made("small", member.entry === ENTRY ? "this page" : `${member.kind} · ${member.subject}`));
  const line = document.createElement("li");
  line.append(avatar(name), text);
  return line;
}

function nameOf({ state, subject }) {
  return String(state?.name ?? subject);
}
