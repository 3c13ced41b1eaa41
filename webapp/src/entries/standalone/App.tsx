import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";
import { RouterProvider } from "react-router/dom";
import { cache } from "@/api";
import { Toasts } from "@/ui";
import type { Language } from "./languages";
import { createRouter } from "./router";

export function App({ language }: { language: Language }) {
  const [router] = useState(createRouter);
  return (
    <IntlProvider locale={language.locale} messages={language.messages} defaultLocale="en">
      <I18nProvider locale={language.locale}>
        <QueryClientProvider client={cache}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </I18nProvider>
    </IntlProvider>
  );
}
