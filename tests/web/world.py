"""A small world for the access table: one unit for which every role acts, and things of its own and of others."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.certification.enums import State
from spectown.certification.models import Application
from spectown.documents.models import OfficialDocument
from spectown.organisations.models import Membership, Unit
from spectown.plans.folder import read_folder
from spectown.plans.models import PlanVersion
from spectown.rounds.models import Case
from spectown.rounds.services.rounds import sample_of
from spectown.towns.enums import Level
from spectown.towns.management.commands.load_plan import load
from tests import factories
from tests.web import evaluation_world, monitoring_world, supervision_world

ANONYMOUS, WITHOUT_ROLE = "anonymous", "without_role"
LOGIN = 3020  # our own number for a redirect to the login page
MISSING = 10**6  # number of nothing
CRITERION = "heritage"
KIND = "supervision_notice"
WHO = (ANONYMOUS, WITHOUT_ROLE, *Role.values)


def _done() -> dict[str, Any]:
    """Who made a step, and when."""
    return {"at": timezone.now(), "by": factories.UserFactory.create()}


class World:
    """`args[name]`: keyword arguments of a URL; `clients[who]`: a browser per role."""

    def __init__(self) -> None:
        load(read_folder(settings.PLAN_DIR))
        self.version = PlanVersion.objects.get(is_current=True)
        self.unit = factories.UnitFactory.create(territory=factories.TerritoryFactory.create())
        self.args: dict[str, dict[str, Any]] = {"": {}, "nobody": {"pk": MISSING}}
        self._plan()
        self._towns()
        self._system()
        self._applications()
        self._rounds()
        self._lists()
        self._projects()
        self._enterprises()
        self._documents()
        self._decisions()
        self._titles()
        self.args |= supervision_world.notices(self.unit)
        self.args |= supervision_world.measures(self.unit)
        self.args |= supervision_world.problems(self.unit)
        self.args |= monitoring_world.sheets(self.unit, self.town)
        self.args |= evaluation_world.evaluation(self.unit)
        self.clients = {who: self._client(who) for who in WHO}
        self._experts()

    def _plan(self) -> None:
        post = self.version.seats.order_by("order")[0].post_id
        self.args |= {
            "clause": {"ref": "二(四)"},
            "no_clause": {"ref": "九(九)"},
            "post": {"pk": post},
            "no_post": {"pk": MISSING},
            "year": {"year": 2026},
            "no_year": {"year": 1999},
        }

    def _towns(self) -> None:
        self.town, hidden = factories.TownFactory.create(operator=self.unit), factories.TownFactory.create()
        factories.LevelRecordFactory.create(town=self.town)
        factories.LevelRecordFactory.create(town=hidden, level=Level.POTENTIAL)
        own, foreign = (factories.TownAliasFactory.create(town=t) for t in (self.town, hidden))
        self.args |= {
            "town": {"code": self.town.code},
            "hidden_town": {"code": hidden.code},
            "alias": {"code": self.town.code, "pk": own.pk},
            "foreign_alias": {"code": self.town.code, "pk": foreign.pk},
        }

    def _system(self) -> None:
        membership = factories.MembershipFactory.create(unit=self.unit)
        self.args |= {
            "person": {"pk": membership.user_id},
            "membership": {"pk": membership.pk},
            "event": {"seq": Event.objects.latest("seq").seq},
            "no_event": {"seq": MISSING},
            "job": {"pk": factories.JobFactory.create().pk},
            "no_job": {"pk": MISSING},
            "message": {"pk": factories.MessageFactory.create().pk},
            "no_message": {"pk": MISSING},
            "work": {"pk": factories.NoticeFactory.create().work_id},
            "no_work": {"pk": MISSING},
            "monthly": {"kind": "monthly_report"},
            "no_report_kind": {"kind": "nothing"},
            "feed": {"token": factories.feed_token(membership)},
            "no_feed": {"token": "nothing"},
            "bundle": {"pk": factories.BundleFactory.create().pk},
        }

    def _applications(self) -> None:
        """Own: checked, so that everybody concerned sees it. Foreign: checked by another county, or still its draft."""
        own = self._application(self.unit, State.CHECKED, town=self.town)
        checked = self._application(factories.UnitFactory.create(), State.CHECKED)
        draft = self._application(factories.UnitFactory.create(), State.DRAFT)
        file, foreign_file = (factories.EvidenceFileFactory.create(application=a) for a in (own, checked))
        for name, application in (("application", own), ("checked_elsewhere", checked), ("foreign_draft", draft)):
            pk = {"pk": application.pk}
            self.args |= {
                name: pk,
                f"{name}_section": {**pk, "number": 1},
                f"{name}_move": {**pk, "code": "reopen"},
                f"{name}_judge": {**pk, "criterion": CRITERION},
            }
        self.args |= {
            "file": {"pk": own.pk, "file": file.pk},
            "file_of_others": {"pk": own.pk, "file": foreign_file.pk},
            "foreign_file": {"pk": checked.pk, "file": foreign_file.pk},
        }

    def _rounds(self) -> None:
        """Own: an open round with a case of the unit that was sent. Elsewhere: of another county, or not sent yet."""
        published = {"published_at": timezone.now(), "published_by": factories.UserFactory.create()}
        rules = factories.RulesVersionFactory.create(round__version=self.version, **published)
        sent = {"rules": rules, "state": "formal_check", "sent_at": timezone.now()}
        applications = [Application.objects.get(**self.args[name]) for name in ("application", "checked_elsewhere")]
        own, elsewhere = (factories.CaseFactory.create(application=a, **sent) for a in applications)
        own.town = self.town
        own.save()
        hidden = factories.CaseFactory.create(rules=rules, application__version=self.version)
        draft = factories.RulesVersionFactory.create(round__state="draft", round__version=self.version).round
        self.args |= {"round": {"pk": rules.round_id}, "draft_round": {"pk": draft.pk}}
        self.args |= {
            f"{name}round_move": {**self.args["round"], "code": c} for name, c in (("", "open"), ("no_", "x"))
        }
        for name, case in (("case", own), ("case_elsewhere", elsewhere), ("hidden_case", hidden)):
            pk = {"pk": case.pk}
            self.args |= {
                name: pk,
                f"{name}_move": {**pk, "code": "accept"},
                f"{name}_item": {**pk, "item": "application"},
            }
        self.args |= {"no_case_move": {**self.args["case"], "code": "nothing"}}
        self._case_files(own, elsewhere)

    def _case_files(self, own: Case, elsewhere: Case) -> None:
        """Files that were sent with a version, one that was not, and a document due."""
        for name, case in (("material", own), ("material_elsewhere", elsewhere)):
            file = factories.MaterialFactory.create(case=case)
            content = {"fields": {}, "materials": {"application": {"pk": file.pk, "name": file.name, "sha256": "1"}}}
            version = factories.CaseVersionFactory.create(case=case, content=content)
            factories.CasePrintFactory.create(version=version)
            scan = factories.StampedScanFactory.create(version=version)
            where = name.removeprefix("material")
            self.args |= {
                name: {"pk": case.pk, "file": file.pk},
                f"scan{where}": {"pk": case.pk, "file": scan.pk},
                f"case{where}_version": {"pk": case.pk, "number": 1},
            }
        self.args |= {"no_case_version": {"pk": own.pk, "number": 9}}
        unsent = factories.MaterialFactory.create(case=own, item="plan")
        due, foreign = (factories.DueDocumentFactory.create(step__case=case) for case in (own, elsewhere))
        self.args |= {
            "unsent_material": {"pk": own.pk, "file": unsent.pk},
            "due": {"pk": own.pk, "due": due.pk},
            "due_of_others": {"pk": own.pk, "due": foreign.pk},
        }

    def _decisions(self) -> None:
        """A round in decision: one case with the leading group, one in publicity with an objection."""
        today, now, by = timezone.localdate(), timezone.now(), factories.UserFactory.create()
        rules = factories.RulesVersionFactory.create(
            round__version=self.version, round__state="deciding", published_at=now, published_by=by
        )
        sent = {"rules": rules, "sent_at": now}
        cases = {
            state: factories.CaseFactory.create(
                application=self._application(self.unit, State.CHECKED), state=state, **sent
            )
            for state in ("proposed", "publicity")
        }
        version = factories.CaseVersionFactory.create(case=cases["publicity"])
        factories.CaseVersionFactory.create(case=cases["proposed"])
        entry = factories.PublicityEntryFactory.create(
            version=version, publicity__round=rules.round, publicity__starts=today, publicity__ends=today
        )
        file = factories.ObjectionFileFactory.create(objection__entry=entry)
        objection = {"pk": file.objection_id}
        self.args |= {
            "decided_round": {"pk": rules.round_id},
            "decided_case": {"pk": cases["proposed"].pk},
            "publicity": {"pk": entry.publicity_id},
            "entry": {"pk": entry.pk},
            "objection": objection,
            "objection_accept": {**objection, "code": "accept"},
            "no_objection": {"pk": MISSING, "code": "accept"},
            "objection_file": {**objection, "file": file.pk},
            "no_objection_file": {**objection, "file": MISSING},
        }

    def _titles(self) -> None:
        """A title, and a recheck round with a sample."""
        rules = factories.RulesVersionFactory.create(round__version=self.version, round__kind="recheck")
        title = factories.TitleFactory.create(town=self.town, valid_to=timezone.localdate())
        record = {"share": 20, "source": "市政府网站", "candidates": {"壶关县": [title.number]}, "names": {}}
        sample = factories.RecheckSampleFactory.create(
            round=rules.round, result={**record, "drawn": {"壶关县": [title.number]}}
        )
        package = factories.RecommendationPackageFactory.create(
            round=factories.RulesVersionFactory.create(round__version=self.version, round__kind="recommendation").round
        )
        self.args |= {
            "recommendation_round": {"pk": package.round_id},
            "package": {"pk": package.round_id, "file": package.pk},
            "no_package": {"pk": package.round_id, "file": MISSING},
            "recheck_round": {"pk": rules.round_id},
            "title": {"pk": title.pk},
            "title_expire": {"pk": title.pk, "code": "expire"},
            "no_title_move": {"pk": title.pk, "code": "renew"},
            "sample": {"pk": sample.pk},
        }

    def _lists(self) -> None:
        """Own: in the unit's county and town, the enterprise's own account. The unit leads the task of the list."""
        factories.DutyFactory.create(task=self.version.tasks.get(number=1), unit=self.unit)
        place = {"territory": self.unit.territory, "town": self.town, "unit": self.unit}
        own, foreign = factories.EnterpriseFactory.create(**place), factories.EnterpriseFactory.create()
        gone = factories.EnterpriseFactory.create(
            **place, deleted_at=timezone.now(), deleted_by=factories.UserFactory.create(), delete_reason="重复"
        )
        need = factories.NeedFactory.create(territory=self.unit.territory, town=self.town, enterprise=own)
        ledger = {"ledger": "enterprises"}
        run = factories.ImportRunFactory.create(**ledger)
        views = [factories.SavedViewFactory.create(**ledger, shared=shared).pk for shared in (True, False)]
        self.args |= {
            "ledger": ledger,
            "no_ledger": {"ledger": "nothing"},
            "row": {**ledger, "pk": own.pk},
            "foreign_row": {**ledger, "pk": foreign.pk},
            "deleted_row": {**ledger, "pk": gone.pk},
            "named_column": {"ledger": "enterprise-honours", "column": "enterprise"},
            "plain_column": {**ledger, "column": "town"},
            "run": {**ledger, "pk": run.pk},
            "run_of_other_list": {"ledger": "brands", "pk": run.pk},
            "shared_view": {**ledger, "pk": views[0]},
            "hidden_view": {**ledger, "pk": views[1]},
            "need_step": {"pk": need.pk, "code": "assign"},
            "foreign_need_step": {"pk": factories.NeedFactory.create().pk, "code": "assign"},
        }

    def _projects(self) -> None:
        """Own: in the unit's county and town; the unit leads both tasks."""
        for number in (4, 8):
            factories.DutyFactory.create(task=self.version.tasks.get(number=number), unit=self.unit)
        place = {"territory": self.unit.territory, "town": self.town}
        signed = {"stage": "contract", "contract_on": datetime.date(2025, 5, 6)}
        for name, made, facts in (("project", factories.ProjectFactory, {}), ("lead", factories.LeadFactory, signed)):
            own, foreign = made.create(**place, **facts), made.create(**facts)
            self.args |= {name: {"pk": own.pk}, f"foreign_{name}": {"pk": foreign.pk}}

    def _enterprises(self) -> None:
        """A pair of look-alikes that waits, and the leading enterprises of towns."""
        figure = {"figure": "leading_enterprises"}
        self.args |= {
            "pair": {"pk": factories.DuplicatePairFactory.create().pk},
            "counted": {**self.args["town"], **figure},
            "hidden_counted": {**self.args["hidden_town"], **figure},
            "no_figure": {**self.args["town"], "figure": "nothing"},
        }

    def _documents(self) -> None:
        """Own: issued to the unit. Elsewhere: issued to others. A draft, and one that waits for its check."""
        batch = factories.DocumentBatchFactory.create()
        scan = factories.SignatureScanFactory.create()
        own = self._issued(1, self.unit, batch=batch, batch_place=1, signature_scan=scan)
        elsewhere = self._issued(2, factories.UnitFactory.create())
        draft = factories.OfficialDocumentFactory.create(version=self.version, kind=KIND)
        checking = factories.OfficialDocumentFactory.create(version=self.version, kind=KIND, state="checking")
        for name, document in (("issued", own), ("issued_elsewhere", elsewhere), ("draft", draft)):
            pk = {"pk": document.pk}
            self.args |= {name: pk, f"{name}_file": {**pk, "form": "pdf"}, f"{name}_replace": {**pk, "how": "repeal"}}
        template = {"pk": factories.OwnTemplateFactory.create(kind=KIND).pk}
        self.args |= {
            "template": template,
            "template_form": {**template, "form": "docx"},
            "no_template_form": {**template, "form": "exe"},
        }
        self.args |= {
            "batch": {"pk": batch.pk},
            "batch_move": {"pk": batch.pk, "code": "check"},
            "draft_batch": {"pk": factories.DocumentBatchFactory.create().pk},
            "document_kind": {"kind": KIND},
            "no_document_kind": {"kind": "nothing"},
            "checking_move": {"pk": checking.pk, "code": "check"},
            "no_move": {"pk": checking.pk, "code": "nothing"},
            "application_document": {**self.args["application"], "kind": "correction_notice"},
            "foreign_draft_document": {**self.args["foreign_draft"], "kind": "correction_notice"},
        }

    def _issued(self, serial: int, unit: Unit, **more: Any) -> OfficialDocument:
        steps = {step: _done() for step in ("checked", "signed", "issued")}
        facts = {f"{step}_{what}": value for step, done in steps.items() for what, value in done.items()}
        number = {"code": "某专镇办", "year": 2026, "serial": serial, "number": f"某专镇办〔2026〕{serial}号"}
        made: OfficialDocument = factories.OfficialDocumentFactory.create(
            version=self.version,
            kind=KIND,
            state="issued",
            dated=datetime.date(2026, 11, 26),
            **number,
            **facts,
            **more,
        )
        factories.ReceiptFactory.create(document=made, unit=unit)
        factories.DocumentFileFactory.create(document=made)
        return made

    def _application(self, unit: Unit, state: State, **facts: Any) -> Application:
        if state == State.CHECKED:
            filler, checker = factories.UserFactory.create_batch(2)
            facts |= {"submitted_at": timezone.now(), "submitted_by": filler}
            facts |= {"checked_at": timezone.now(), "checked_by": checker}
        made: Application = factories.ApplicationFactory.create(unit=unit, version=self.version, state=state, **facts)
        return made

    def _experts(self) -> None:
        """Own: a seat of the expert who logs in, declared, in a case under review. Elsewhere: another expert's."""
        today = timezone.localdate()
        rules = {
            "rules__content": sample_of(self.version, "first", today, today),
            "rules__round__version": self.version,
        }
        sent = {"state": "expert_review", "sent_at": timezone.now(), **rules}
        case = factories.CaseFactory.create(**sent, application__version=self.version)
        material = factories.MaterialFactory.create(case=case)
        content = {"materials": {material.item: {"pk": material.pk, "name": material.name, "sha256": "1"}}}
        draw = factories.DrawFactory.create(case=case, how="picked", reason="仅有")
        bound = {
            "declared_at": timezone.now(),
            "version": factories.CaseVersionFactory.create(case=case, content=content),
        }
        person = Membership.objects.get(role=Role.EXPERT, unit=self.unit).user
        expert = factories.ExpertFactory.create(user=person)
        own = factories.ExpertSeatFactory.create(draw=draw, expert=expert, **bound)
        other = factories.ExpertSeatFactory.create(draw=draw, **bound)
        notes = [factories.VisitNoteFactory.create(case=case, seat=seat) for seat in (own, other)]
        unsent = factories.CaseFactory.create(application__version=self.version)
        self.args |= {
            "expert": {"pk": expert.pk},
            "review_round": {"pk": case.round_id},
            "review": {"pk": case.pk},
            "unsent_review": {"pk": unsent.pk},
            "review_visit": {"pk": case.pk, "answer": "yes"},
            "review_seat": {"pk": case.pk, "seat": own.pk},
            "no_review_seat": {"pk": case.pk, "seat": MISSING},
            "review_note": {"pk": case.pk, "file": notes[0].pk},
            "no_review_note": {"pk": case.pk, "file": MISSING},
            "seat": {"pk": own.pk},
            "other_seat": {"pk": other.pk},
            "seat_file": {"pk": own.pk, "kind": "material", "file": material.pk},
            "no_seat_file": {"pk": own.pk, "kind": "material", "file": MISSING},
            "other_note": {"pk": own.pk, "kind": "note", "file": notes[1].pk},
        }

    def _client(self, who: str) -> Client:
        if who == ANONYMOUS:
            return Client()
        client = Client()
        if who == WITHOUT_ROLE:
            client.force_login(factories.UserFactory.create())
        else:
            client = factories.client_for(Role(who), unit=self.unit)
        session = client.session  # as after a first page: else each request, being put back, would save it again
        session["login_at"] = session["last_seen"] = timezone.now().timestamp()
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
        return client

    def status(self, who: str, method: str, url: str) -> int:
        """Answer to one request; what it changed is put back, so that the next asks the same world."""
        client = self.clients[who]
        cookies = client.cookies.copy()
        with transaction.atomic():
            answer = getattr(client, method)(url)
            found: int = answer.status_code
            if answer.streaming:
                list(answer)  # read to the end, which closes the file
            if found == 302 and "/account/login/" in answer["Location"]:
                found = LOGIN
            transaction.set_rollback(True)
        client.cookies = cookies
        return found
