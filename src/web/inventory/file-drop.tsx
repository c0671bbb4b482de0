import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { useState, type DragEvent } from 'react';
import { ChooseFile } from '../ui/choose-file.tsx';

const useStyles = makeStyles({
  zone: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXXL,
    textAlign: 'center',
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  over: {
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  icon: { fontSize: '40px', color: tokens.colorBrandForeground1 },
  hint: { color: tokens.colorNeutralForeground3, maxWidth: '56ch' },
});

interface FileDropProps {
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}

/** A file, dropped here or chosen with the button: the button is the way by keyboard. */
export function FileDrop({ disabled, onFile }: FileDropProps) {
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && !disabled) onFile(file);
  };
  return (
    <div
      className={mergeClasses(styles.zone, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      <Text weight="semibold">Drop the sensor export here</Text>
      <ChooseFile
        text="Choose a file"
        what="Sensor export (CSV)"
        accept=".csv,text/csv"
        appearance="primary"
        disabled={disabled}
        onFile={onFile}
      />
      <Text size={200} className={styles.hint}>
        A CSV file as the portal’s sensor export writes it, up to 32 MB. Nothing is imported before
        you have seen what changes.
      </Text>
    </div>
  );
}
