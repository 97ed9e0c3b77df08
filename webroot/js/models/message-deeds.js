import { may, whyNotWrite } from './permissions.js';

/** What I may do with a message: `{reply, thread, react, forward, copy, link, edit, delete, removePreview, pin, earlier, report}`. The server decides. */
export function messageDeeds(row, room, blocks) {
  const mine = row.sender.id === room.me.id;
  const there = !row.deletedAt;
  const open = there && !room.archivedAt;
  const write = there && !whyNotWrite(room, blocks);
  return {
    reply: write,
    thread: write && !row.threadOf,
    react: open,
    forward: there,
    copy: there && !!row.text,
    link: there,
    edit: open && mine && !row.forwardedFrom,
    delete: there && (mine || may('deleteMessageOfOthers', room)),
    removePreview: there && !!row.preview && (mine || may('deleteMessageOfOthers', room)),
    pin: open && may('pin', room),
    report: there && !mine,
    earlier: there && !!row.editedAt && (mine || may('seeEarlierWords', room)),
  };
}

/** My newest message among these that I may change, if any. */
export const lastOwn = (rows, room) => rows.findLast((row) => messageDeeds(row, room).edit);
