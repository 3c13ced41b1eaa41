"""What the core needs of a chat, given by chats that there are. The only room that knows both contexts."""
