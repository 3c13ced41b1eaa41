import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { lazy, Suspense } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

interface CodeProps {
  code: string;
  language: string;
}

/** The highlighter is large and rarely needed: it is fetched when the first code block with a language is shown. */
const Coloured = lazy(async () => {
  const { common, createLowlight } = await import("lowlight");
  const lowlight = createLowlight(common);
  return {
    default: function ColouredCode({ code, language }: CodeProps) {
      if (!lowlight.registered(language)) return <code>{code}</code>;
      return <code>{toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs })}</code>;
    },
  };
});

export function HighlightedCode({ code, language }: CodeProps) {
  const plain = <code>{code}</code>;
  if (language === "") return plain;
  return (
    <Suspense fallback={plain}>
      <Coloured code={code} language={language} />
    </Suspense>
  );
}
