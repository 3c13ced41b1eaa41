/** Made by plugins/emoji.ts. */
declare module "virtual:emoji/names" {
  /** Lines of names and the sign: "+1 thumbsup 👍". */
  const lines: string;
  export default lines;
}
