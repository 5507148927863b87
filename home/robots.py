"""Telling robots from people, without asking people anything.

Each form carries three things that nobody sees: a trap (`home.trap`), the signed moment at which it was rendered, and
a small sum that the browser does while somebody writes (proof of work, by altcha's rules; `static/js/proof.js`).

The rule: none of them ever refuses a first sending. A form from somebody who is quick, has no scripts, or shows neither
moment nor proof is taken like any other; only who sends many of those within an hour is asked to press once
more, and may send fewer than who does the sums. See docs/decisions/0011-robots-are-slowed-down-not-refused.md.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import altcha
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from home.throttle import allow, is_within, sender

RENDERED, PROOF = "rendered", "proof"
HOUR = timedelta(hours=1)

# The sum: 256 tries of so many rounds on average, less than a second in a browser and a few on an old phone.
ALGORITHM, ROUNDS = "PBKDF2/SHA-256", 2_000
# Longer than anybody writes on one page. Whoever comes later is taken like somebody without scripts.
PROOF_LASTS = timedelta(hours=12)
LONGEST_PROOF = 2_000

AGAIN = gettext_lazy("You were very quick. Look through it once more, and send it again.")


class Verdict(Enum):
    WELCOME = "welcome"
    ONCE_MORE = "once more"  # shown again with everything typed; sent again it passes
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a rendered form carries: see templates/home/trap.html."""

    rendered: str
    challenge: str


@dataclass(frozen=True, kw_only=True)
class Gate:
    """The way in of one form, and what one sender, who may be a whole office, may send through it in an hour.

    Filled in faster than `quickest`, so many as `hasty` pass at once all the same. `unproven` pass without the
    sum, `proven` with it; beyond that `later` is said. `spares_within` lets programs of this machine pass
    unlimited: see `throttle.is_within`.
    """

    form: str
    quickest: timedelta
    hasty: int
    unproven: int
    proven: int
    later: StrOrPromise
    spares_within: bool = False

    def marks(self, request: HttpRequest, *, at: datetime, key: str = "", is_known: bool = False) -> Marks:
        """For the template. `key` tells one rendered form from another.

        A form that is shown again keeps its first moment, so nobody is quick for having mistyped. One that
        is known, being a kept draft or asked for ONCE_MORE, is never quick.
        """
        stamp = request.POST.get(RENDERED, "")
        if is_known or self._moment(stamp, key) is None:
            moment = at - self.quickest if is_known else at
            stamp = self._stamps(key).sign(str(int(moment.timestamp())))
        return Marks(rendered=stamp, challenge=self._challenge(key, at))

    def judge(self, request: HttpRequest, *, at: datetime, key: str = "") -> Verdict:
        """What to do with a form that is right in itself. Counts it, and takes its proof as used."""
        if self.spares_within and is_within(request):
            return Verdict.WELCOME
        who = f"{self.form}:{sender(request)}"
        if self.is_hasty(request, at=at, key=key) and not allow(f"hasty:{who}", self.hasty, HOUR):
            return Verdict.ONCE_MORE
        if self.is_proven(request, at=at, key=key):
            return Verdict.WELCOME if allow(f"proven:{who}", self.proven, HOUR) else Verdict.LATER
        return Verdict.WELCOME if allow(who, self.unproven, HOUR) else Verdict.LATER

    def says(self, verdict: Verdict) -> StrOrPromise:
        """Why a form is shown again."""
        return AGAIN if verdict is Verdict.ONCE_MORE else self.later

    def is_hasty(self, request: HttpRequest, *, at: datetime, key: str = "") -> bool:
        """Whether it was sent sooner than a person writes, or does not say when it was rendered."""
        moment = self._moment(request.POST.get(RENDERED, ""), key)
        return moment is None or at.timestamp() - moment < self.quickest.total_seconds()

    def is_proven(self, request: HttpRequest, *, at: datetime, key: str = "") -> bool:
        """Whether the sum was done, for this very form, in time, and is used for the first time."""
        text = request.POST.get(PROOF, "")
        if not text or len(text) > LONGEST_PROOF:
            return False
        if not altcha.verify_solution(text, self._secret).verified:
            return False
        parameters = altcha.Payload.from_base64(text).challenge.parameters
        if parameters.data != {"key": key} or at.timestamp() > (parameters.expires_at or 0):
            return False
        return cache.add(f"proof:{parameters.nonce}", 1, timeout=int(PROOF_LASTS.total_seconds()))

    def _challenge(self, key: str, at: datetime) -> str:
        challenge = altcha.create_challenge(
            ALGORITHM, ROUNDS, expires_at=at + PROOF_LASTS, data={"key": key}, hmac_secret=self._secret
        )
        return json.dumps(challenge.to_dict())

    @property
    def _secret(self) -> str:
        return salted_hmac("home.robots.proof", self.form, algorithm="sha256").hexdigest()

    def _stamps(self, key: str) -> signing.Signer:
        return signing.Signer(salt=f"home.robots.rendered:{self.form}:{key}")

    def _moment(self, stamp: str, key: str) -> int | None:
        """The moment in a signed stamp; None when it is not ours or of another form."""
        try:
            return int(self._stamps(key).unsign(stamp))
        except signing.BadSignature:
            return None
