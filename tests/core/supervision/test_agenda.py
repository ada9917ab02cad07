"""The agenda of a meeting: the worst first."""

from spectown.core.supervision.agenda import Red, agenda


def test_the_worst_comes_first() -> None:
    found = [
        Red("problem:1", "用工", "市人社局", "逾期", days=3),
        Red("measure:2", "项目库", "市发改委", "逾期", days=3),
        Red("notice:3", "挂面", "襄垣县", "逾期严重", days=9),
        Red("project:4", "冷链", "长子县", "滞后"),
        Red("project:5", "园区", "潞州区", "滞后", leader=True),
    ]
    assert [red.key for red in agenda(found, 9)] == ["project:5", "notice:3", "measure:2", "problem:1", "project:4"]
    assert [red.key for red in agenda(found, 1)] == ["project:5"]
    assert found[0].kind == "problem"
    alike = [Red(f"project:{number}", "园区", "潞州区", "滞后") for number in (10, 9)]
    assert [red.key for red in agenda(alike, 9)] == ["project:9", "project:10"]
