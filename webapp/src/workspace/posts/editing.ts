import { create } from "zustand";

/** The post that is being edited in its place, if one is. */
export const editingStore = create<{ postId: string }>(() => ({ postId: "" }));

export function startEditing(postId: string): void {
  editingStore.setState({ postId });
}

export function stopEditing(): void {
  editingStore.setState({ postId: "" });
}
