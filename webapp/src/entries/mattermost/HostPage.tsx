import { type ComponentType, lazy, Suspense } from "react";
import { matchPath } from "react-router";
import { type PageProps, pages, useAddress } from "@/host";
import { Spinner } from "@/ui";

const shown = new Map<string, ComponentType<PageProps>>();

/** The page of ours that the address names. */
export function HostPage() {
  const { path } = useAddress();
  for (const page of pages()) {
    const match = matchPath({ path: page.path, end: true }, path);
    if (!match) continue;
    const Page = shown.get(page.path) ?? lazy(page.load);
    shown.set(page.path, Page);
    return (
      <main>
        <Suspense fallback={<Spinner />}>
          <Page key={page.path} params={match.params as PageProps["params"]} />
        </Suspense>
      </main>
    );
  }
  return null;
}
