import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { Toasts } from "@/ui";
import type { Language } from "../common/languages";
import { Provided } from "../common/Provided";
import { createRouter } from "./router";

export function App({ language }: { language: Language }) {
  const [router] = useState(createRouter);
  return (
    <Provided language={language}>
      <RouterProvider router={router} />
      <Toasts />
    </Provided>
  );
}
