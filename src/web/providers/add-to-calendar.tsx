import { Button } from '@fluentui/react-components';
import { CalendarAddRegular } from '@fluentui/react-icons';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { paths } from '../paths.ts';
import { credentialKindLabels } from '../ui/provider-labels.ts';
import { calendarFile } from './calendar-file.ts';
import { credentialTitle } from './credential-title.ts';

interface AddToCalendarProps {
  readonly provider: Provider;
  readonly credential: ProviderCredential;
}

/** A calendar file with the end of a secret, and reminders before it. */
export function AddToCalendar({ provider, credential }: AddToCalendarProps) {
  const { expiresAt } = credential;
  if (expiresAt === null) return null;
  const named = credentialTitle(credential, provider.credentials);
  return (
    <Button
      size="small"
      icon={<CalendarAddRegular />}
      aria-label={`Add to calendar: ${named}`}
      onClick={() => download(provider, credential, expiresAt)}
    >
      Add to calendar
    </Button>
  );
}

function download(
  { id: providerId, name, credentials }: Provider,
  credential: ProviderCredential,
  expiresAt: string,
): void {
  const { id, kind } = credential;
  const what = credentialKindLabels[kind];
  const url = new URL(paths.provider({ providerId }), location.origin).href;
  const file = calendarFile(
    {
      id,
      summary: `${what} of “${name}” expires`,
      description: `${credentialTitle(credential, credentials)} of the sign-in provider “${name}”. Make another one in the Microsoft Entra admin center, then add, verify and promote it here: ${url}`,
      url,
      expiresAt: new Date(expiresAt),
    },
    new Date(),
  );
  const address = URL.createObjectURL(new Blob([file], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `gatehouse-${kind}-${expiresAt.slice(0, 10)}.ics`;
  link.click();
  // The download has the address by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
