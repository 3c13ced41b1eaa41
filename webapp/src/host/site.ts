/** The path of the site on its host: "" for our own page; a Mattermost may be below "/chat". */
export const SITE_PATH: string = (window as { basename?: string }).basename?.replace(/\/$/, "") ?? "";

/** The address of the site, without a slash at its end. */
export const SITE = window.location.origin + SITE_PATH;
