import {
  Toast,
  ToastBody,
  Toaster,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import { useCallback } from 'react';

const toasterId = 'gatehouse-toaster';

/** Where toasts appear; the application has one. */
export function Notifications() {
  return <Toaster toasterId={toasterId} position="bottom-end" timeout={6000} pauseOnHover />;
}

export type Notify = (
  intent: 'success' | 'info' | 'warning' | 'error',
  title: string,
  detail?: string,
) => void;

/** Says in passing that something was done. What needs an answer belongs on the page instead. */
export function useNotify(): Notify {
  const { dispatchToast } = useToastController(toasterId);
  return useCallback(
    (intent, title, detail) => {
      dispatchToast(
        <Toast>
          <ToastTitle>{title}</ToastTitle>
          {detail !== undefined && <ToastBody>{detail}</ToastBody>}
        </Toast>,
        { intent, politeness: intent === 'error' ? 'assertive' : 'polite' },
      );
    },
    [dispatchToast],
  );
}
