/** Words of rooms and features by the file they stand in, as Vite's glob import gives them. */
export type Texts = Record<string, Record<string, string>>;

/** "/src/features/account/text.en.ts" {signIn} becomes "account.signIn". */
export function flatten(texts: Texts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([file, words]) => {
      const room = file.split("/").at(-2) ?? "";
      return Object.entries(words).map(([key, text]) => [`${room}.${key}`, text]);
    }),
  );
}
