import type { MessageFormatElement } from "react-intl";

/** A message: as it was written, or parsed, as the build does with those that have values (plugins/words.ts). */
type Message = string | MessageFormatElement[];

/** Words of rooms and features by the file they stand in, as Vite's glob import gives them. */
export type Texts = Record<string, Record<string, Message>>;

/** What react-intl takes; its type knows only lists that are all text or all parsed, it itself takes both. */
export type Messages = Record<string, string> & Record<string, MessageFormatElement[]>;

const LITERAL = 0;
const HAS_SYNTAX = /[{'<]/;

/** "/src/features/account/text.en.ts" {signIn} becomes "account.signIn". */
export function flatten(texts: Texts): Messages {
  const messages = Object.entries(texts).flatMap(([file, words]) => {
    const room = file.split("/").at(-2) ?? "";
    return Object.entries(words).map(([key, message]) => [`${room}.${key}`, ready(message)] as const);
  });
  return Object.fromEntries(messages) as Messages;
}

/** Mere text is given as what a parser would make of it: so react-intl hands it out without any work. */
function ready(message: Message): Message {
  if (typeof message !== "string" || HAS_SYNTAX.test(message)) return message;
  return [{ type: LITERAL, value: message }];
}
