import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";
import { RouterProvider } from "react-router/dom";
import { cache, meQuery, timeZoneOf } from "@/api";
import { Toasts } from "@/ui";
import type { Language } from "./languages";
import { createRouter } from "./router";

export function App({ language }: { language: Language }) {
  const [router] = useState(createRouter);
  return (
    <QueryClientProvider client={cache}>
      <Words language={language}>
        <I18nProvider locale={language.directed}>
          <RouterProvider router={router} />
          <Toasts />
        </I18nProvider>
      </Words>
    </QueryClientProvider>
  );
}

/** Texts in the reader's language, and times in the time zone of the profile. */
function Words({ language, children }: { language: Language; children: ReactNode }) {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return (
    <IntlProvider
      locale={language.locale}
      messages={language.messages}
      defaultLocale="en"
      timeZone={timeZoneOf(me)}
    >
      {children}
    </IntlProvider>
  );
}
