import type { Page } from 'playwright-core';

/** Goes to the wizard's last step by its address in the list of steps, and waits for the review. */
export async function toReview(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByText('Review and create').click();
  await page.getByRole('region', { name: 'What this changes' }).waitFor();
}
