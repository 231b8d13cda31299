#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ip200 {

enum class Priority { Info, Low, Medium, High };

struct Readings {
    double line_pressure = 0.0; // kPa
    double air_ml = 0.0;
    double battery = 1.0; // 0..1
};

struct AlarmEvent {
    Priority priority;
    std::string text;
};

/// One condition that is looked at on every tick.
class Alarm {
public:
    virtual ~Alarm() = default;
    virtual bool check(const Readings &r) const = 0;
    virtual AlarmEvent event() const = 0;
};

class OcclusionAlarm : public Alarm {
public:
    explicit OcclusionAlarm(double limit) : limit_(limit) {}
    bool check(const Readings &r) const override;
    AlarmEvent event() const override;

private:
    double limit_;
};

class AirInLineAlarm : public Alarm {
public:
    bool check(const Readings &r) const override;
    AlarmEvent event() const override;
};

class BatteryAlarm : public Alarm {
public:
    bool check(const Readings &r) const override;
    AlarmEvent event() const override;
};

/// Holds the alarms of the pump and tells its listeners.
class AlarmBoard {
public:
    using Listener = std::function<void(const AlarmEvent &)>;

    AlarmBoard();
    void listen(Listener l);
    int tick(const Readings &r);

private:
    std::vector<std::unique_ptr<Alarm>> alarms_;
    std::vector<Listener> listeners_;
};

/// Sends alarms to the nurse call system of the ward.
class Pager {
public:
    using Bytes = std::vector<std::uint8_t>;

    explicit Pager(Bytes key) : key_(std::move(key)) {}
    ~Pager();

    Bytes pageWard(const AlarmEvent &e) const;
    Bytes pageLegacy(const AlarmEvent &e) const;
    Bytes pageStation(const AlarmEvent &e) const;

private:
    Bytes key_;
};

} // namespace ip200
