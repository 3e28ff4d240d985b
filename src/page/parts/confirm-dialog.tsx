import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Confirmation {
  readonly title: string;
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks before something that cannot be taken back. Escape closes it, and so does its first button. */
export function ConfirmDialog(asked: Confirmation): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={heading} onClose={asked.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asked.onConfirm();
        }}
      >
        <h2 id={heading}>{asked.title}</h2>
        {asked.children}
        <div class="buttons buttons--end">
          <button
            type="button"
            onClick={() => {
              dialog.current?.close();
            }}
          >
            Leave it
          </button>
          <button type="submit" class="danger" disabled={asked.isBusy}>
            {asked.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
