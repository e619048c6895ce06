/** The dashboard's own scheme (checklist item 18): no file://, one host. */
export const APP_SCHEME = 'skillward-app';
const APP_HOST = 'dashboard';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Whether an address is under our scheme and host, with nothing odd about it. Never by its first letters alone. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === '' && url.password === ''
  );
}

/** Something the page itself made and may hand to a person, such as a table as CSV. */
export function isOwnBlob(address: string): boolean {
  return address.startsWith(`blob:${APP_ORIGIN}/`);
}
