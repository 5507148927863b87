"""The floor: as little as Django can do, which the portal's pages are measured against.

One model, no middleware. `GET /` prints twenty of 2,000 rows and their count, `POST /` inserts one row, and
`POST /nine/` nine rows in one transaction: as many statements as a submission writes.
With FLOOR_CACHE naming a cache, `GET /` stands behind Django's own cache middleware.
Run as `python floor.py` to lay the table, then serve `floor:application` with gunicorn from this folder.
"""

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path

env = environ.Env()
CACHE = env.str("FLOOR_CACHE", default="")
CACHE_MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
]
settings.configure(
    SECRET_KEY="floor",  # noqa: S106 - signs nothing
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="floor",
    DATABASES={"default": env.db_url("FLOOR_DATABASE_URL") | {"CONN_MAX_AGE": 60}},
    CACHES={"default": env.cache_url("FLOOR_CACHE", default="dummycache://")},
    MIDDLEWARE=CACHE_MIDDLEWARE if CACHE else [],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
application = get_wsgi_application()

PAGE = engines["django"].from_string(
    "<!doctype html><title>Floor</title><p>{{ count }}</p>"
    "<ul>{% for row in rows %}<li><h2>{{ row.title }}</h2><p>{{ row.text }}</p></li>{% endfor %}</ul>"
)


class Row(models.Model):
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title


def floor(request):
    if request.method == "POST":
        Row.objects.create(title=request.POST["title"], text=request.POST["text"])
        return HttpResponse(status=201)
    rows = Row.objects.order_by("-pk")[:20]
    return HttpResponse(PAGE.render({"rows": rows, "count": Row.objects.count()}))


@transaction.atomic
def nine(request):
    for _ in range(9):
        Row.objects.create(title=request.POST["title"], text=request.POST["text"])
    return HttpResponse(status=201)


urlpatterns = [path("", floor), path("nine/", nine)]

if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(Row(title=f"Row {n}", text="What will be done. " * 15) for n in range(2000))
