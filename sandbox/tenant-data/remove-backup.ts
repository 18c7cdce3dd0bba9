import fs from "node:fs";
import path from "node:path";
import { type ArchivePiece, pieceDirectory, pieceName, roundName } from "./archive-piece.ts";
import { type BackupSet, setDirectory, setName } from "./backup-set.ts";
import { namesIn } from "./sandbox-file.ts";
import { writing } from "./storage-fault.ts";

/*
 * What a job of deletion takes from a destination. The end mark goes first, because restores list the end marks, the start
 * mark last: a job that dies between the two leaves what no restore will choose and the next job finds again.
 */

/** Removes a set: its end mark, its directory, its start mark. What is gone already is passed over. */
export function removeSetFiles(directory: string, set: Pick<BackupSet, "setId" | "type">): void {
  const name = setName(set);
  removeMarks(path.join(directory, "backup_sets"), `${name}_end_`);
  removeFolder(setDirectory(directory, set));
  removeMarks(path.join(directory, "backup_sets"), `${name}_start`);
}

/** Removes a piece with its marks, and the marks of its round with the round's last piece. */
export function removePieceFiles(
  directory: string,
  piece: Pick<ArchivePiece, "destId" | "roundId" | "pieceId">,
): void {
  const name = pieceName(piece);
  removeMarks(path.join(directory, "pieces"), `${name}_end_`);
  removeFolder(pieceDirectory(directory, piece));
  removeMarks(path.join(directory, "pieces"), `${name}_start_`);
  const ofRound = `piece_d${piece.destId}r${piece.roundId}p`;
  if (namesIn(directory).some((entry) => entry.startsWith(ofRound))) return;
  removeMarks(path.join(directory, "rounds"), `${roundName(piece)}_`);
}

function removeFolder(folder: string): void {
  writing(() => fs.rmSync(folder, { recursive: true, force: true }));
}

function removeMarks(folder: string, prefix: string): void {
  const marks = namesIn(folder).filter((name) => name.startsWith(prefix));
  writing(() => {
    for (const name of marks) fs.rmSync(path.join(folder, name), { force: true });
  });
}
