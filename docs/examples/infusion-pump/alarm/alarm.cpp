#include "alarm.hpp"

namespace ip200 {

namespace {
constexpr double kAirLimitMl = 0.05;
constexpr double kBatteryLow = 0.15;
constexpr double kOcclusionKpa = 80.0;
} // namespace

bool OcclusionAlarm::check(const Readings &r) const
{
    return r.line_pressure > limit_;
}

AlarmEvent OcclusionAlarm::event() const
{
    return {Priority::High, "occlusion downstream"};
}

bool AirInLineAlarm::check(const Readings &r) const
{
    return r.air_ml > kAirLimitMl;
}

AlarmEvent AirInLineAlarm::event() const
{
    return {Priority::High, "air in line"};
}

bool BatteryAlarm::check(const Readings &r) const
{
    return r.battery < kBatteryLow;
}

AlarmEvent BatteryAlarm::event() const
{
    return {Priority::Low, "battery low"};
}

AlarmBoard::AlarmBoard()
{
    alarms_.push_back(std::make_unique<OcclusionAlarm>(kOcclusionKpa));
    alarms_.push_back(std::make_unique<AirInLineAlarm>());
    alarms_.push_back(std::make_unique<BatteryAlarm>());
}

void AlarmBoard::listen(Listener l)
{
    listeners_.push_back(std::move(l));
}

int AlarmBoard::tick(const Readings &r)
{
    int raised = 0;
    for (const auto &a : alarms_) {
        if (!a->check(r))
            continue;
        ++raised;
        const AlarmEvent e = a->event();
        for (const auto &l : listeners_)
            l(e);
    }
    return raised;
}

} // namespace ip200
