import type { PostAction } from "@mattermost/types/integration_actions";
import { isMessageAttachmentArray, type MessageAttachment } from "@mattermost/types/message_attachments";
import type { Post } from "@mattermost/types/posts";
import { useMutation } from "@tanstack/react-query";
import { chat, messageOf } from "@/api";
import { expectTrigger } from "@/host";
import { Button, type ButtonProps, Markdown, Select, toast } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./Attachments.module.css";
import { ChannelChoice, UserChoice } from "./choices";

/** Boxes that integrations put under a post: text, fields, buttons and menus. */
export default function Attachments({ post }: { post: Post }) {
  const attachments = post.props.attachments;
  if (!isMessageAttachmentArray(attachments)) return null;
  return attachments.map((attachment, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no ids, and their order is theirs
    <Attachment key={at} post={post} attachment={attachment} />
  ));
}

const NAMED_COLOURS: Record<string, string> = {
  good: "var(--success)",
  warning: "var(--away)",
  danger: "var(--danger)",
};

function Attachment({ post, attachment }: { post: Post; attachment: MessageAttachment }) {
  const colour = attachment.color ?? "";
  const line = NAMED_COLOURS[colour] ?? (/^#[0-9a-f]{3,8}$/i.test(colour) ? colour : undefined);
  const actions = attachment.actions ?? [];
  return (
    <div className={styles.around}>
      {attachment.pretext && <Markdown>{attachment.pretext}</Markdown>}
      <div className={styles.box} style={{ borderInlineStartColor: line }}>
        {attachment.author_name && <Linked words={attachment.author_name} to={attachment.author_link} />}
        {attachment.title && (
          <strong className={styles.title}>
            <Linked words={attachment.title} to={attachment.title_link} />
          </strong>
        )}
        {attachment.text && <Markdown>{attachment.text}</Markdown>}
        <Fields attachment={attachment} />
        {attachment.image_url && (
          <Markdown>{`![${attachment.fallback ?? ""}](<${attachment.image_url}>)`}</Markdown>
        )}
        {attachment.footer && <span className={styles.footer}>{attachment.footer}</span>}
        {actions.length > 0 && (
          <div className={styles.actions}>
            {actions.map((action) => (
              <Action key={action.id ?? action.name} post={post} action={action} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function Linked({ words, to }: { words: string; to: string | undefined }) {
  return <Markdown inline>{to ? `[${words}](<${to}>)` : words}</Markdown>;
}

function Fields({ attachment }: { attachment: MessageAttachment }) {
  const fields = attachment.fields ?? [];
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields have no ids, and their order is theirs
        <div key={at} data-short={field.short || undefined}>
          <dt>{field.title}</dt>
          <dd>
            <Markdown>{String(field.value ?? "")}</Markdown>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const VARIANTS: Record<string, ButtonProps["variant"]> = {
  primary: "primary",
  good: "primary",
  success: "primary",
  danger: "danger",
};

function Action({ post, action }: { post: Post; action: PostAction }) {
  const text = useWorkspaceText();
  const doing = useMutation({
    mutationFn: async (option: string | undefined) => {
      const answer = await chat.doPostActionWithCookie(post.id, action.id ?? "", action.cookie ?? "", option);
      expectTrigger(answer.trigger_id);
    },
    onError: (error) => toast({ text: messageOf(error) ?? text("actionFailed"), tone: "danger" }),
  });
  const choose = (option: string | null) => option !== null && doing.mutate(option);
  if (action.type !== "select") {
    return (
      <Button
        size="s"
        variant={VARIANTS[action.style ?? ""]}
        isDisabled={action.disabled}
        isPending={doing.isPending}
        onPress={() => doing.mutate(undefined)}
      >
        {action.name}
      </Button>
    );
  }
  if (action.data_source === "users") return <UserChoice label={action.name} onChoose={choose} />;
  if (action.data_source === "channels") return <ChannelChoice label={action.name} onChoose={choose} />;
  return (
    <Select
      label={action.name}
      hidesLabel
      placeholder={action.name}
      isDisabled={action.disabled || doing.isPending}
      options={(action.options ?? []).map((option) => ({ id: option.value, text: option.text }))}
      selected={doing.variables ?? action.default_option ?? null}
      onSelect={choose}
    />
  );
}
