import { useWorkspaceText } from "../text";

export function ThreadTitle() {
  return useWorkspaceText()("thread");
}

export function MembersTitle() {
  return useWorkspaceText()("members");
}

export function PinnedTitle() {
  return useWorkspaceText()("pinnedPosts");
}

export function SavedTitle() {
  return useWorkspaceText()("savedPosts");
}

export function MentionsTitle() {
  return useWorkspaceText()("recentMentions");
}

export function SearchTitle() {
  return useWorkspaceText()("search");
}
