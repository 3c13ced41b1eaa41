import type { Post } from "@mattermost/types/posts";
import {
  Bookmark,
  Ellipsis,
  EyeOff,
  Link as LinkIcon,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Trash2,
} from "lucide-react";
import { useLayoutEffect, useState } from "react";
import { chat, deletePost, messageOf, pinPost, react, savePost } from "@/api";
import { openPanel, type PostMenuEntry, paths, postMenuEntries, useMe, useTeam } from "@/host";
import { ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { useAdministersTeam } from "../channel/rights";
import { EmojiPicker } from "../emoji/EmojiPicker";
import { useWorkspaceText } from "../text";
import { startEditing } from "./editing";
import { isEphemeral, isSystem } from "./kinds";
import styles from "./PostToolbar.module.css";

interface PostToolbarProps {
  post: Post;
  isSaved: boolean;
  isInThread?: boolean;
  /** Told while a menu or dialog is open, so that the toolbar stays where the pointer has left it. */
  onBusy: (isBusy: boolean) => void;
}

/** What can be done with a post; appears while the post is hovered, touched or focused. */
export function PostToolbar({ post, isSaved, isInThread, onBusy }: PostToolbarProps) {
  const text = useWorkspaceText();
  const me = useMe();
  if (isEphemeral(post)) return null;
  return (
    <div className={styles.toolbar}>
      {!isSystem(post) && (
        <EmojiPicker
          size="s"
          label={text("addReaction")}
          onOpenChange={onBusy}
          onPick={(name) => void react(post, me.id, name, true).catch(told)}
        />
      )}
      {!isInThread && !isSystem(post) && (
        <IconButton
          size="s"
          label={text("reply")}
          icon={<Reply size={16} />}
          onPress={() => openPanel("thread", { root: post.root_id || post.id })}
        />
      )}
      <IconButton
        size="s"
        label={text(isSaved ? "unsavePost" : "savePost")}
        isOn={isSaved}
        icon={<Bookmark size={16} />}
        onPress={() => void savePost(post, !isSaved).catch(told)}
      />
      <More post={post} onBusy={onBusy} />
    </div>
  );
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

function More({ post, onBusy }: Pick<PostToolbarProps, "post" | "onBusy">) {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const [isOpen, setIsOpen] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  // The menu closes as the question opens: both at once are told, so that the toolbar is there all the while.
  const isBusy = isOpen || isDeleting;
  useLayoutEffect(() => onBusy(isBusy), [onBusy, isBusy]);
  const administers = useAdministersTeam();
  const isMine = post.user_id === me.id && !isSystem(post);
  return (
    <>
      <Menu
        label={text("postMenu")}
        trigger={<IconButton size="s" label={text("postMenu")} icon={<Ellipsis size={16} />} />}
        onOpenChange={setIsOpen}
      >
        {!isSystem(post) &&
          postMenuEntries()
            .filter((entry) => entry.isFor?.(post) ?? true)
            .map((entry) => <ContributedItem key={entry.id} entry={entry} postId={post.id} />)}
        <MenuItem
          icon={<LinkIcon size={16} />}
          onAction={() => copyLink(team.name, post.id, text("linkCopied"))}
        >
          {text("copyLink")}
        </MenuItem>
        <MenuItem
          icon={post.is_pinned ? <PinOff size={16} /> : <Pin size={16} />}
          onAction={() => void pinPost(post, !post.is_pinned).catch(told)}
        >
          {text(post.is_pinned ? "unpin" : "pin")}
        </MenuItem>
        <MenuItem
          icon={<EyeOff size={16} />}
          onAction={() => void chat.markPostAsUnread(me.id, post.id).catch(told)}
        >
          {text("markUnread")}
        </MenuItem>
        {isMine && <MenuSeparator />}
        {isMine && (
          <MenuItem icon={<Pencil size={16} />} onAction={() => startEditing(post.id)}>
            {text("edit")}
          </MenuItem>
        )}
        {(isMine || administers) && (
          <MenuItem icon={<Trash2 size={16} />} isDanger onAction={() => setIsDeleting(true)}>
            {text("delete")}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        title={text("deleteTitle")}
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
        confirm={text("delete")}
        isDanger
        onConfirm={() => {
          setIsDeleting(false);
          void deletePost(post).catch(told);
        }}
      >
        {text("deleteQuestion", { count: post.reply_count ?? 0 })}
      </ConfirmDialog>
    </>
  );
}

function ContributedItem({ entry, postId }: { entry: PostMenuEntry; postId: string }) {
  const words = entry.useText();
  return (
    <MenuItem icon={entry.icon} onAction={() => entry.onAction(postId)}>
      {words}
    </MenuItem>
  );
}

function copyLink(team: string, postId: string, said: string): void {
  void navigator.clipboard.writeText(window.location.origin + paths.post(team, postId));
  toast({ text: said });
}
