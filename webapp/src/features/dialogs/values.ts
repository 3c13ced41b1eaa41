import type { DialogElement } from "@mattermost/types/integrations";

/** What stands in a field: words, an option's value, an id; a tick; null for nothing. */
export type Value = string | number | boolean | null;
export type Values = Readonly<Record<string, Value>>;

/** What is wrong with a field: the name of the message, and how long it should have been. */
export interface Fault {
  message: "required" | "minLength" | "email" | "number" | "url" | "option";
  count?: number;
}

const LONGEST = { text: 150, textarea: 3_000 };

/** How many characters a field takes. */
export function longest(element: DialogElement): number {
  if (element.max_length > 0) return element.max_length;
  return element.type === "textarea" ? LONGEST.textarea : LONGEST.text;
}

export function valuesAtFirst(elements: readonly DialogElement[]): Values {
  return Object.fromEntries(elements.map((element) => [element.name, valueAtFirst(element)]));
}

function valueAtFirst(element: DialogElement): Value {
  const given = element.default ?? "";
  switch (element.type) {
    case "bool":
      return given === "true";
    case "text":
    case "textarea":
      return given;
    case "radio":
      return isOption(element, given) ? given : null;
    default:
      return given !== "" && (element.data_source || isOption(element, given)) ? given : null;
  }
}

/** What is wrong, by field; empty when the form may be sent. */
export function faultsIn(elements: readonly DialogElement[], values: Values): Record<string, Fault> {
  const faults = elements.map((element) => [element.name, faultOf(element, values[element.name] ?? null)]);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== null));
}

function faultOf(element: DialogElement, value: Value): Fault | null {
  const text = typeof value === "string" ? value.trim() : value;
  if (text === null || text === "" || text === false) {
    return element.optional ? null : { message: "required" };
  }
  if (typeof text !== "string") return null;
  switch (element.type) {
    case "text":
    case "textarea":
      return textFault(element, text);
    case "select":
    case "radio":
      return element.data_source || isOption(element, text) ? null : { message: "option" };
    default:
      return null;
  }
}

function textFault(element: DialogElement, text: string): Fault | null {
  if (text.length < element.min_length) return { message: "minLength", count: element.min_length };
  if (element.type === "textarea") return null;
  switch (element.subtype) {
    case "email":
      return /^[^\s@]+@[^\s@]+$/.test(text) ? null : { message: "email" };
    case "number":
      return Number.isFinite(Number(text)) ? null : { message: "number" };
    case "url":
      return /^https?:\/\/./.test(text) ? null : { message: "url" };
    default:
      return null;
  }
}

function isOption(element: DialogElement, value: string): boolean {
  return element.options?.some((option) => String(option.value) === value) ?? false;
}

/** What is sent: numbers as numbers, the rest as it is. */
export function submissionOf(elements: readonly DialogElement[], values: Values): Record<string, Value> {
  return Object.fromEntries(
    elements.map((element) => {
      const value = values[element.name] ?? null;
      if (element.type !== "text" || element.subtype !== "number" || typeof value !== "string") {
        return [element.name, value];
      }
      return [element.name, value.trim() === "" ? null : Number(value)];
    }),
  );
}
