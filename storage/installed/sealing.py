"""Sealing what must not lie in the open in the database or its backups."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from storage.engine import StoreRefused

EXIT_SETTINGS = 4


class SealBroken(StoreRefused):
    """None of the keys opens it: the key was lost or changed. Nothing is written over it."""

    def __init__(self) -> None:
        super().__init__(
            "Nyckeln i NULAGE_SECRET_KEY öppnar inte det som är sparat. Lägg till den gamla nyckeln efter "
            "ett kommatecken och starta igen. Finns den inte kvar kör du `nulage slack forget`. "
            "Inget är ändrat.",
            exit_code=EXIT_SETTINGS,
        )


class Seal:
    """Keys from `nulage secret`: the first seals, all of them open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def close(self, secret: SecretStr) -> str:
        return self._newest.encrypt(secret.get_secret_value().encode()).decode()

    def open(self, sealed: str) -> SecretStr:
        """Raises SealBroken when no key fits."""
        try:
            return SecretStr(self._all.decrypt(sealed.encode()).decode())
        except InvalidToken:
            raise SealBroken from None

    def opens(self, sealed: str) -> bool:
        """Whether any key fits."""
        try:
            self.open(sealed)
        except SealBroken:
            return False
        return True

    def is_newest(self, sealed: str) -> bool:
        """Whether the first key made it, so that the others may be thrown away."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True
