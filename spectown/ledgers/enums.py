"""Codes of the lists; the labels are what people see and what stands in the workbooks' drop-downs."""

from __future__ import annotations

from django.db.models import TextChoices


class Rank(TextChoices):
    """Level of whoever approved or issued it."""

    STATE = "state", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class CentreKind(TextChoices):
    """创新平台 as the plan names them (三(三))."""

    TECHNOLOGY_CENTRE = "technology_centre", "企业技术中心"
    ENGINEERING_CENTRE = "engineering_centre", "工程技术中心"
    KEY_LABORATORY = "key_laboratory", "重点实验室"
    ALLIANCE = "alliance", "产业技术创新战略联盟"
    OTHER = "other", "其他创新平台"


class ResearchField(TextChoices):
    """Fields of joint research that the plan names (三(三))."""

    COAL_CHEMISTRY = "coal_chemistry", "现代煤化工"
    EQUIPMENT = "equipment", "装备制造"
    BIOMEDICINE = "biomedicine", "生物医药"
    LIQUOR = "liquor", "酿酒"
    VINEGAR = "vinegar", "酿醋"
    FOOD = "food", "食品"
    AGRICULTURE = "agriculture", "现代农业"
    CRAFTS = "crafts", "工艺美术"
    OTHER = "other", "其他领域"


class ResearchMode(TextChoices):
    """How the work is organised (三(三))."""

    JOINT_LEVELS = "joint_levels", "省市县联动"
    UNIVERSITY = "university", "产学研联合"
    TENDER = "tender", "市内外招标"
    OWN = "own", "企业自主"


class ResearchState(TextChoices):
    """Where the work stands."""

    SELECTED = "selected", "已筛选"
    RUNNING = "running", "攻关中"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已终止"


class BrandKind(TextChoices):
    """Brands of 二(六) and marks of 三(六)."""

    REGIONAL = "regional", "区域品牌"
    COMPANY = "company", "企业品牌"
    PRODUCT = "product", "产品品牌"
    GEOGRAPHICAL = "geographical", "地理标志"
    COLLECTIVE_MARK = "collective_mark", "集体商标"
    CERTIFICATION_MARK = "certification_mark", "证明商标"


class StandardKind(TextChoices):
    """Standards of 二(六)."""

    NATIONAL = "national", "国家标准"
    INDUSTRY = "industry", "行业标准"
    LOCAL = "local", "地方标准"
    GROUP = "group", "团体标准"


class Part(TextChoices):
    """Part in making the standard (二(六): 主导或参与)."""

    LED = "led", "主导"
    JOINED = "joined", "参与"


class RightKind(TextChoices):
    """Intellectual property."""

    INVENTION = "invention", "发明专利"
    UTILITY_MODEL = "utility_model", "实用新型专利"
    DESIGN = "design", "外观设计专利"
    SOFTWARE = "software", "软件著作权"
    PLANT_VARIETY = "plant_variety", "植物新品种权"


class TrainingKind(TextChoices):
    """Trainings of 三(五)."""

    SKILLS = "skills", "技能培训"
    SCARCE = "scarce", "急需紧缺人才培训"
    ORDERED = "ordered", "订单式培养"
    SCHOOL = "school", "合作办学"
    STARTUP = "startup", "创业辅导"


class FairKind(TextChoices):
    """Activities of 三(七)."""

    EXPO = "expo", "专业镇博览会参展"
    EXHIBITION = "exhibition", "其他参展"
    SALE = "sale", "促销展销活动"
    MATCHING = "matching", "产供销对接"
    ONLINE = "online", "电商活动"
    TENDER = "tender", "公开招标"


class NeedKind(TextChoices):
    """要素 of 三(九), 三(四)."""

    LAND = "land", "建设用地"
    ENERGY = "energy", "能耗指标"
    ENVIRONMENT = "environment", "排污总量与环评"
    FINANCE = "finance", "融资"
    LISTING = "listing", "挂牌上市"
    POWER = "power", "供电供水"
    OTHER = "other", "其他要素"


class NeedState(TextChoices):
    """Where a need stands."""

    RAISED = "raised", "已提出"
    ASSIGNED = "assigned", "已交办"
    ANSWERED = "answered", "已答复"
    MET = "met", "已满足"
    UNMET = "unmet", "未满足"


class ParkKind(TextChoices):
    """Places that carry the towns' industry (三(十))."""

    ZONE = "zone", "开发区"
    PARK = "park", "特色产业园"
    SMALL = "small", "小微企业园"
    STARTUP = "startup", "创新创业载体"
    FARMING = "farming", "现代农业产业园"


class MeasureKind(TextChoices):
    """What a town policy gives."""

    FUNDS = "funds", "资金奖补"
    LAND = "land", "用地保障"
    FINANCE = "finance", "金融支持"
    TALENT = "talent", "人才支持"
    INNOVATION = "innovation", "创新支持"
    MARKET = "market", "品牌与市场"
    SERVICE = "service", "政务服务"
