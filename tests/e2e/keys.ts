import { expect, type Locator, type Page } from '@playwright/test';

/** Presses the button of exactly this name with the keyboard. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter');
}

/** Presses the button that Tab reaches after a field, which must be the one of this name. */
export async function pressAfter(field: Locator, name: string): Promise<void> {
  const page = field.page();
  await field.focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name, exact: true }).and(page.locator(':focus'))).toHaveCount(1);
  await page.keyboard.press('Enter');
}

/** Walks to a tab with the arrow keys. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab').first().focus();
  while ((await page.locator(':focus').textContent()) !== name) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
}

/** Opens the palette, ready to be typed into. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('textbox', { name: 'Find or do anything' })).toBeFocused();
}

/**
 * Walks down to this option of the list that has the focus, and takes it. What Mantine does when a list opens ends in a timer
 * that forgets the option chosen so far, and leaves it marked: whoever is quicker than that presses Enter in vain.
 */
export async function chooseOption(option: Locator): Promise<void> {
  const page = option.page();
  await expect(async () => {
    if (!(await option.isVisible())) await page.keyboard.press('ArrowDown');
    await expect(option).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1)));
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(option).toHaveAttribute('data-combobox-selected', 'true', { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
}
