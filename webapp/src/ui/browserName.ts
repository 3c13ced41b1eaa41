/** Browsers and systems by what only they write, or what those further down write too. */
const BROWSERS = [
  ["Firefox", /Firefox|FxiOS/],
  ["Edge", /Edg/],
  ["Opera", /OPR/],
  ["Chrome", /Chrom|CriOS/],
  ["Safari", /Safari/],
] as const;
const SYSTEMS = [
  ["Android", /Android/],
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux|X11/],
] as const;

/** What people call a browser that says who it is: "Firefox, Windows". What nobody knows stays as it is. */
export function browserName(agent: string): string {
  const browser = BROWSERS.find(([, marks]) => marks.test(agent))?.[0];
  const system = SYSTEMS.find(([, marks]) => marks.test(agent))?.[0];
  return browser && system ? `${browser}, ${system}` : agent;
}
