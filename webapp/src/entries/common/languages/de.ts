import type { Texts } from "../texts";

const texts: Texts = import.meta.glob("/src/**/text.de.ts", { eager: true, import: "default" });

export default texts;
