import { type Components, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { Copy } from "lucide-react";
import { sanitizeUri } from "micromark-util-sanitize-uri";
import { memo, type ReactNode, useContext, useMemo } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { HighlightedCode } from "./HighlightedCode";
import { IconButton } from "./IconButton";
import styles from "./Markdown.module.css";
import { MarkdownContext } from "./markdownContext";
import { inlineOf, treeOf } from "./markdownTree";
import { useUiText } from "./text";
import { toast } from "./toasts";

export interface MarkdownProps {
  children: string;
  /** One line without blocks: for titles of tasks. */
  inline?: boolean;
  /** Headings are bold text of normal size: for status updates. */
  plainHeadings?: boolean;
}

const HARMLESS = /^(https?|ircs?|mailto|xmpp)$/i;

/**
 * The one place where what people wrote becomes a page.
 *
 * HTML in it stays text, addresses are limited to harmless protocols, and pictures from elsewhere are links,
 * so that reading a post tells nobody that it was read.
 */
export const Markdown = memo(function Markdown({ children, inline = false, plainHeadings }: MarkdownProps) {
  const components = useComponents();
  const page = useMemo(() => {
    const tree = treeOf(children);
    return toJsxRuntime(inline ? inlineOf(tree) : tree, {
      Fragment,
      jsx,
      jsxs,
      components,
      ignoreInvalidStyle: true,
      passKeys: true,
      passNode: true,
    });
  }, [children, inline, components]);
  return (
    <div
      className={inline ? styles.inline : styles.markdown}
      data-plain-headings={plainHeadings || undefined}
      dir="auto"
    >
      {page}
    </div>
  );
});

function useComponents(): Components {
  const around = useContext(MarkdownContext);
  return useMemo(
    () => ({
      a: ({ href, children }) => <Anchor href={sanitizeUri(href, HARMLESS)}>{children}</Anchor>,
      img: ({ src, alt }) => (
        <Picture src={sanitizeUri(typeof src === "string" ? src : "", HARMLESS)} alt={alt ?? ""} />
      ),
      pre: ({ children }) => children,
      code: ({ className, children }) => <Code language={className}>{children}</Code>,
      table: ({ children }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
        <div className={styles.scroller} tabIndex={0}>
          <table>{children}</table>
        </div>
      ),
      span: ({ node, children, ...rest }) => {
        const kind = node?.properties.dataMark;
        const name = String(node?.properties.dataName ?? "");
        const written = String(node?.properties.dataWritten ?? "");
        switch (kind) {
          case "mention":
            return around.mention(name, written);
          case "channel":
            return around.channel(name, written);
          case "emoji":
            return around.emoji(name, written);
          case "hashtag":
            return around.hashtag(written);
          default:
            return <span {...rest}>{children}</span>;
        }
      },
    }),
    [around],
  );
}

function Anchor({ href, children }: { href: string; children: ReactNode }) {
  const around = useContext(MarkdownContext);
  const path = pathInside(href);
  if (path === null) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  }
  return (
    <a
      href={path}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        around.follow(path);
      }}
    >
      {children}
    </a>
  );
}

/** The path of a link into this very site, or null. */
function pathInside(href: string): string | null {
  if (href.startsWith("/") && !href.startsWith("//")) return href;
  const origin = window.location.origin;
  return href.startsWith(`${origin}/`) ? href.slice(origin.length) : null;
}

function Picture({ src, alt }: { src: string; alt: string }) {
  const text = useUiText();
  if (pathInside(src) !== null) return <img src={src} alt={alt} loading="lazy" className={styles.picture} />;
  return <Anchor href={src}>{text("externalImage", { address: alt || src })}</Anchor>;
}

function Code({ language, children }: { language: string | undefined; children: ReactNode }) {
  const text = useUiText();
  const code = String(children);
  if (language === undefined && !code.endsWith("\n")) return <code className={styles.code}>{children}</code>;
  return (
    <div className={styles.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too */}
      <pre tabIndex={0}>
        <HighlightedCode code={code.replace(/\n$/, "")} language={language?.replace("language-", "") ?? ""} />
      </pre>
      <span className={styles.copy}>
        <IconButton
          size="s"
          label={text("copyCode")}
          icon={<Copy size={14} />}
          onPress={() => {
            void navigator.clipboard.writeText(code);
            toast({ text: text("copied") });
          }}
        />
      </span>
    </div>
  );
}
