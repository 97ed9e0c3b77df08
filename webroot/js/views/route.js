// Which room is open stands in the address after `#`, so that back, forward and reload do what one expects.

import { useEffect, useState } from './preact.js';

const PATTERN = /^#\/room\/([0-9a-f-]{36})$/i;

const current = () => location.hash.match(PATTERN)?.[1].toLowerCase() ?? null;

export const roomHref = (roomId) => `#/room/${roomId}`;
export const goToRoom = (roomId) => { location.hash = roomHref(roomId); };
export const goHome = () => { location.hash = '#/'; };

/** The id of the room in the address, or null. */
export function useRoute() {
  const [roomId, setRoomId] = useState(current());
  useEffect(() => {
    const follow = () => setRoomId(current());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return roomId;
}
